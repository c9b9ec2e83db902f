"use client";

import { LoaderCircleIcon } from "lucide-react";
import { type FormEvent, useState } from "react";

import { ActionError } from "@/components/feedback/action-error";
import { useStepUp } from "@/components/feedback/step-up-context";
import { useShowReport } from "@/components/feedback/use-show-report";
import { placePolicyProblems } from "@/components/policies/place-policy-problems";
import {
  findPolicyProblems,
  type PolicyChanges,
  type PolicyDraft,
  policyChangesOf,
  toPolicyDraft,
} from "@/components/policies/policy-draft";
import { PolicySections } from "@/components/policies/policy-sections";
import { useScope } from "@/components/scope/scope-provider";
import { Button } from "@/components/ui/button";
import { showProblems } from "@/components/ui/show-problems";
import type { Policy } from "@/lib/policies/schemas";
import type { ActionProblem, ActionResult } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

const text = messages.policies;

/** The rules after a change, and what it did to sessions that exist. */
export type ChangedPolicy = Policy & { sessionsTightened: { count: number; pending: boolean } };

/** Properties of the form. */
export type PolicyFormProps = {
  policy: Policy;
  locked: boolean;
  perform: (changes: PolicyChanges) => Promise<ActionResult<ChangedPolicy>>;
};

/** The rules of a scope: one's own beside the platform's, and what holds. Says what a change did to present sessions. */
export function PolicyForm({ policy, locked, perform }: PolicyFormProps) {
  const inTenant = useScope().kind === "tenant";
  const bound = inTenant ? policy.platform : null;
  const [draft, setDraft] = useState<PolicyDraft>(() => toPolicyDraft(policy.own));
  const [problems, setProblems] = useState<Record<string, string | undefined>>({});
  const [failure, setFailure] = useState<ActionProblem | null>(null);
  const [pending, setPending] = useState(false);
  const withStepUp = useStepUp();
  const showReport = useShowReport();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const found = findPolicyProblems(draft, bound);
    setFailure(null);
    showProblems(form, () => setProblems(found));
    if (Object.values(found).some((problem) => problem !== undefined)) return;
    const changes = policyChangesOf(policy.own, draft, bound);
    if (Object.keys(changes).length === 0) return showReport({ title: text.unchanged });
    setPending(true);
    const result = await withStepUp(() => perform(changes)).catch(unreachable);
    setPending(false);
    if (result.ok) {
      const { count, pending: more } = result.data.sessionsTightened;
      return showReport({ title: text.saved, description: count > 0 ? text.tightened(count, more) : text.savedHint });
    }
    const placed = placePolicyProblems(result.problem);
    setFailure(placed === null ? result.problem : null);
    showProblems(form, () => setProblems(placed ?? {}));
  };

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      <PolicySections
        policy={policy}
        draft={draft}
        problems={problems}
        locked={locked}
        inTenant={inTenant}
        onChange={(part) => setDraft({ ...draft, ...part })}
      />
      {failure ? <ActionError problem={failure} /> : null}
      {locked ? null : (
        <div className="sticky bottom-0 -mx-4 flex justify-end border-t bg-background/90 px-4 py-3 backdrop-blur-sm md:-mx-6 md:px-6">
          <Button type="submit" disabled={pending} aria-busy={pending}>
            {pending ? <LoaderCircleIcon className="animate-spin" aria-hidden="true" /> : null}
            {pending ? text.saving : text.save}
          </Button>
        </div>
      )}
    </form>
  );
}

function unreachable(): { ok: false; problem: ActionProblem } {
  const { unreachable: title, unreachableHint: detail } = messages.destructive;
  return { ok: false, problem: { code: "UNREACHABLE", title, detail } };
}
