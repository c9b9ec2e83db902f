"use client";

import { type FormEvent, useState } from "react";

import { useStepUp } from "@/components/feedback/step-up-context";
import { useScope } from "@/components/scope/scope-provider";
import type { SessionFilterValues } from "@/components/sessions/filter-words";
import type { RevocationFormProps } from "@/components/sessions/revocation-form";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import type { ActionProblem, ActionResult } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";
import { rememberReason } from "@/lib/ui/recent-reasons";

const text = messages.destructive;

/** From this many sessions on, a click is not enough. */
const TYPED_ABOVE = 100;

/** What is filled in before everything that matches is ended, what is missing from it, and the act. */
export function useRevocation(props: RevocationFormProps) {
  const { filter, preview, expired, pending } = props;
  const [options, setOptions] = useState({ includeNew: false, includeOwn: false });
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<ActionProblem | null>(null);
  const withStepUp = useStepUp();
  const scope = useScope();

  const count = preview.matching + (options.includeOwn ? preview.leftOut.own : 0);
  const phrase = phraseOf(filter, count, scope.kind === "tenant" ? scope.slug : messages.revocation.platformPhrase);
  const blocked = pending || expired || (count === 0 && !options.includeNew);
  const missing = missingOf(reason, phrase, typed);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (blocked) return;
    if (missing !== null) return focusField(event.currentTarget, missing);
    props.onPendingChange(true);
    const input = { filter, previewToken: preview.previewToken, ...options, reason: reason.trim() };
    const result = await withStepUp(() => props.perform(input)).catch(notReached);
    props.onPendingChange(false);
    if (!result.ok) return isOfToken(result.problem) ? props.onExpired() : setProblem(result.problem);
    rememberReason(input.reason);
    props.onDone(result.data);
  };

  return {
    options,
    setOptions,
    reason: {
      value: reason,
      onChange: setReason,
      error: tried && missing === "reason" ? text.reasonMissing : undefined,
    },
    phrase: phrase === null ? null : { phrase, value: typed, onChange: setTyped, wrong: tried && missing === "phrase" },
    count,
    blocked,
    problem,
    submit,
  };
}

/** What must be typed: the scope's own name where all of it ends, the number where it is large; null otherwise. */
function phraseOf(filter: SessionFilterValues, count: number, scopeName: string): string | null {
  if (Object.keys(filter).length === 0) return scopeName;
  return count > TYPED_ABOVE ? String(count) : null;
}

/** The first field that is not filled in as it must be. */
function missingOf(reason: string, phrase: string | null, typed: string): "reason" | "phrase" | null {
  if (reason.trim() === "") return "reason";
  return phrase !== null && typed.trim() !== phrase ? "phrase" : null;
}

function focusField(form: HTMLFormElement, name: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLElement) field.focus();
}

/** Whether it was the preview's token that was refused: it has run out, or the deployment's secret has changed. */
const isOfToken = ({ errors }: ActionProblem): boolean => errors?.some(({ path }) => path === "previewToken") ?? false;

function notReached(): ActionResult<Receipt> {
  return { ok: false, problem: { code: "UNREACHABLE", title: text.unreachable, detail: text.unreachableHint } };
}
