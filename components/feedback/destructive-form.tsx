"use client";

import { LoaderCircleIcon } from "lucide-react";
import { type FormEvent, useState } from "react";

import { ActionError } from "@/components/feedback/action-error";
import { DestructiveBody } from "@/components/feedback/destructive-body";
import type { DestructiveDialogProps, DestructiveReport } from "@/components/feedback/destructive-dialog";
import { PhraseField } from "@/components/feedback/phrase-field";
import { ReasonField } from "@/components/feedback/reason-field";
import { useStepUp, type WithStepUp } from "@/components/feedback/step-up-context";
import { useShowReport } from "@/components/feedback/use-show-report";
import { AlertDialogCancel, AlertDialogTitle } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import type { ActionProblem } from "@/lib/ui/action-result";
import { formatQuantity } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";
import { rememberReason } from "@/lib/ui/recent-reasons";

const text = messages.destructive;

type DestructiveFormProps<Output> = DestructiveDialogProps<Output> & {
  pending: boolean;
  onPendingChange: (pending: boolean) => void;
};

/** The inside of the destructive dialog; mounted anew each time it opens, so that nothing typed is left over. */
export function DestructiveForm<Output>(props: DestructiveFormProps<Output>) {
  const { act, count, pending, reason: reasonMode = "required" } = props;
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<ActionProblem | null>(null);

  const withStepUp = useStepUp();
  const showReport = useShowReport();
  const object = objectOf(props);
  const phrase = phraseOf(props);
  const reasonMissing = reasonMode === "required" && reason.trim() === "";
  const phraseWrong = phrase !== null && typed.trim() !== phrase;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (reasonMissing || phraseWrong) return focusField(event.currentTarget, reasonMissing ? "reason" : "phrase");
    if (pending || count === null) return;
    const failure = await perform(props, { reason: reason.trim(), withStepUp, showReport });
    setProblem(failure);
  };

  return (
    <form onSubmit={submit} className="flex flex-col gap-5" noValidate>
      <AlertDialogTitle>
        {count === null ? <Skeleton className="h-5 w-48" /> : text.title(act.verb, object)}
      </AlertDialogTitle>
      <DestructiveBody {...props} />
      {props.fields}
      {reasonMode === "none" ? null : (
        <ReasonField
          value={reason}
          onChange={setReason}
          required={reasonMode === "required"}
          error={tried && reasonMissing ? text.reasonMissing : undefined}
        />
      )}
      {phrase === null ? null : (
        <PhraseField phrase={phrase} value={typed} onChange={setTyped} wrong={tried && phraseWrong} />
      )}
      {problem ? <ActionError problem={problem} /> : null}
      <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
        <AlertDialogCancel disabled={pending}>{messages.common.cancel}</AlertDialogCancel>
        <Button type="submit" variant="destructive" disabled={pending || count === null} aria-busy={pending}>
          {pending ? <LoaderCircleIcon className="animate-spin" aria-hidden="true" /> : null}
          {text.button(pending ? act.doing : act.verb, count === null ? props.noun.many : object)}
        </Button>
      </div>
    </form>
  );
}

function focusField(form: HTMLFormElement, name: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLElement) field.focus();
}

/** "12 sessions", or the name of the one thing. */
function objectOf({
  subject,
  count,
  noun,
  capped,
}: Pick<DestructiveFormProps<unknown>, "subject" | "count" | "noun" | "capped">): string {
  return subject ?? formatQuantity(count ?? 0, noun, capped);
}

/** What must be typed to go on, or null where a click is enough. */
function phraseOf({
  confirmation,
  count,
}: Pick<DestructiveFormProps<unknown>, "confirmation" | "count">): string | null {
  if (!confirmation) return null;
  if (confirmation.phrase !== undefined) return confirmation.phrase;
  const above = confirmation.above ?? Number.POSITIVE_INFINITY;
  return count !== null && count > above ? String(count) : null;
}

type Performance = { reason: string; withStepUp: WithStepUp; showReport: (report: DestructiveReport) => void };

/** Runs the act; closes and reports when it worked, answers the problem when it did not. */
async function perform<Output>(
  props: DestructiveFormProps<Output>,
  { reason, withStepUp, showReport }: Performance,
): Promise<ActionProblem | null> {
  props.onPendingChange(true);
  try {
    const result = await withStepUp(() => props.perform({ reason }));
    if (!result.ok) return result.problem;
    if (reason !== "") rememberReason(reason);
    props.onOpenChange(false);
    showReport(props.toReport(result.data));
    props.onDone?.(result.data);
    return null;
  } catch {
    return { code: "UNREACHABLE", title: text.unreachable, detail: text.unreachableHint };
  } finally {
    props.onPendingChange(false);
  }
}
