"use client";

import { type ReactNode, useState } from "react";

import { DestructiveDialog } from "@/components/feedback/destructive-dialog";
import { useStepUp } from "@/components/feedback/step-up-context";
import { useShowReport } from "@/components/feedback/use-show-report";
import type { PolicyChanges } from "@/components/policies/policy-draft";
import type { Policy, PolicyPreview } from "@/lib/policies/schemas";
import type { ActionProblem, ActionResult } from "@/lib/ui/action-result";
import { formatQuantity } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.policies;

/** The rules after a change, and what it did to sessions that exist. */
export type ChangedPolicy = Policy & { sessionsTightened: { count: number; pending: boolean } };

/** The server actions behind the forms of the rules. */
export type PolicyActions = {
  preview: (changes: PolicyChanges) => Promise<ActionResult<PolicyPreview>>;
  perform: (changes: PolicyChanges) => Promise<ActionResult<ChangedPolicy>>;
};

/** A change on its way: whether it is, how to begin one, and the dialog that asks where sessions would get shorter. */
export type PolicyChange = {
  pending: boolean;
  change: (changes: PolicyChanges) => Promise<void>;
  dialog: ReactNode;
};

/**
 * Saves changes of the rules. What would shorten sessions that exist says how many before, and asks once; what it did is
 * reported. Problems go to `onProblem`.
 */
export function usePolicyChange(
  { preview, perform }: PolicyActions,
  onProblem: (problem: ActionProblem, changes: PolicyChanges) => void,
): PolicyChange {
  const [pending, setPending] = useState(false);
  const [asked, setAsked] = useState<{ changes: PolicyChanges; impact: PolicyPreview } | null>(null);
  const withStepUp = useStepUp();
  const showReport = useShowReport();

  const change = async (changes: PolicyChanges) => {
    setPending(true);
    const counted = mayShorten(changes) ? await preview(changes).catch(unreachable) : null;
    if (counted?.ok && counted.data.shortened > 0) setAsked({ changes, impact: counted.data });
    else if (counted && !counted.ok) onProblem(counted.problem, changes);
    else {
      const result = await withStepUp(() => perform(changes)).catch(unreachable);
      if (result.ok) showReport(toReport(result.data));
      else onProblem(result.problem, changes);
    }
    setPending(false);
  };

  return {
    pending,
    change,
    dialog: asked ? (
      <DestructiveDialog
        open
        onOpenChange={(open) => (open ? undefined : setAsked(null))}
        act={text.shorten.act}
        noun={text.shorten.noun}
        count={asked.impact.shortened}
        capped={asked.impact.capped}
        consequence={sayImpact(asked.impact)}
        reason="none"
        perform={() => perform(asked.changes)}
        toReport={toReport}
      />
    ) : null,
  };
}

function mayShorten({
  sessionIdleSeconds,
  sessionAbsoluteSeconds,
  rememberMeAllowed,
  roleLimits,
}: PolicyChanges): boolean {
  const limits = [{ sessionIdleSeconds, sessionAbsoluteSeconds }, ...(roleLimits ?? [])];
  return (
    rememberMeAllowed === false ||
    limits.some((limit) => limit.sessionIdleSeconds != null || limit.sessionAbsoluteSeconds != null)
  );
}

function sayImpact({ ended, capped }: PolicyPreview): string {
  return ended === 0 ? text.shorten.nobodyLeaves : text.shorten.leave(formatQuantity(ended, text.shorten.noun, capped));
}

function toReport({ sessionsTightened: { count, pending } }: ChangedPolicy) {
  return { title: text.saved, description: count > 0 ? text.tightened(count, pending) : text.savedHint };
}

function unreachable(): { ok: false; problem: ActionProblem } {
  const { unreachable: title, unreachableHint: detail } = messages.destructive;
  return { ok: false, problem: { code: "UNREACHABLE", title, detail } };
}
