"use client";

import { LoaderCircleIcon } from "lucide-react";
import { type FormEvent, useState } from "react";

import { ActionError } from "@/components/feedback/action-error";
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
import {
  findRoleLimitProblems,
  type RoleLimitsDraft,
  roleLimitChangesOf,
  toRoleLimitsDraft,
} from "@/components/policies/role-limit-draft";
import { RoleLimitsSection } from "@/components/policies/role-limits-section";
import { type PolicyActions, usePolicyChange } from "@/components/policies/use-policy-change";
import { useScope } from "@/components/scope/scope-provider";
import { Button } from "@/components/ui/button";
import { showProblems } from "@/components/ui/show-problems";
import type { Policy } from "@/lib/policies/schemas";
import type { ActionProblem } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

const text = messages.policies;

/** Properties of the form. */
export type PolicyFormProps = { policy: Policy; locked: boolean; actions: PolicyActions };

/** The rules of a scope: one's own beside the platform's, and what holds. Says what a change does to present sessions. */
export function PolicyForm({ policy, locked, actions }: PolicyFormProps) {
  const inTenant = useScope().kind === "tenant";
  const bound = inTenant ? policy.platform : null;
  const [draft, setDraft] = useState<PolicyDraft>(() => toPolicyDraft(policy.own));
  const [limits, setLimits] = useState<RoleLimitsDraft>(() => toRoleLimitsDraft(policy.roleLimits));
  const [problems, setProblems] = useState<Record<string, string | undefined>>({});
  const [failure, setFailure] = useState<ActionProblem | null>(null);
  const showReport = useShowReport();
  const { pending, change, dialog } = usePolicyChange(actions, (problem, changes) => {
    const placed = placePolicyProblems(problem, changes);
    setFailure(placed === null ? problem : null);
    setProblems(placed ?? {});
  });

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = {
      ...findPolicyProblems(draft, bound),
      ...findRoleLimitProblems(policy.roleLimits, limits, bound),
    };
    setFailure(null);
    showProblems(event.currentTarget, () => setProblems(found));
    if (Object.values(found).some((problem) => problem !== undefined)) return;
    const changes = changesOf(policy, { draft, limits, bound });
    if (Object.keys(changes).length === 0) return showReport({ title: text.unchanged });
    await change(changes);
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
      <RoleLimitsSection
        limits={policy.roleLimits}
        draft={limits}
        problems={problems}
        locked={locked}
        inTenant={inTenant}
        onChange={setLimits}
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
      {dialog}
    </form>
  );
}

type Drafts = { draft: PolicyDraft; limits: RoleLimitsDraft; bound: Policy["platform"] | null };

function changesOf(policy: Policy, { draft, limits, bound }: Drafts): PolicyChanges {
  const roleLimits = roleLimitChangesOf(policy.roleLimits, limits);
  return {
    ...policyChangesOf(policy.own, draft, bound),
    ...(roleLimits.length === 0 ? {} : { roleLimits }),
  };
}
