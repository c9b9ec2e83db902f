"use client";

import { LoaderCircleIcon } from "lucide-react";
import { type FormEvent, useState } from "react";

import { ActionError } from "@/components/feedback/action-error";
import { useShowReport } from "@/components/feedback/use-show-report";
import { placePolicyProblems } from "@/components/policies/place-policy-problems";
import { findRoleLimitProblems, roleLimitChangesOf, toRoleLimitsDraft } from "@/components/policies/role-limit-draft";
import { RoleLimitFields } from "@/components/policies/role-limit-fields";
import { type PolicyActions, usePolicyChange } from "@/components/policies/use-policy-change";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { showProblems } from "@/components/ui/show-problems";
import type { RoleLimit } from "@/lib/policies/limit-schemas";
import type { EffectivePolicy } from "@/lib/policies/schemas";
import type { ActionProblem } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

const text = messages.policies;

/** Properties of the card; `bound` is the platform's rules where this is a tenant. */
export type RoleLimitsCardProps = {
  limit: RoleLimit;
  bound: EffectivePolicy | null;
  locked: boolean;
  actions: PolicyActions;
};

/** The session limits of one role, on the role's own page. */
export function RoleLimitsCard({ limit, bound, locked, actions }: RoleLimitsCardProps) {
  const limits = [limit];
  const [draft, setDraft] = useState(() => toRoleLimitsDraft(limits));
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<ActionProblem | null>(null);
  const showReport = useShowReport();
  const { pending, change, dialog } = usePolicyChange(actions, (problem, changes) => {
    const placed = placePolicyProblems(problem, changes);
    setProblems(placed ?? {});
    setFailure(placed === null ? problem : null);
  });
  const own = draft[limit.role.id];
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = findRoleLimitProblems(limits, draft, bound);
    setFailure(null);
    showProblems(event.currentTarget, () => setProblems(found));
    if (Object.keys(found).length > 0) return;
    const roleLimits = roleLimitChangesOf(limits, draft);
    if (roleLimits.length === 0) return showReport({ title: text.unchanged });
    await change({ roleLimits });
  };
  if (!own) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.ofRole}</CardTitle>
        <p className="max-w-2xl text-muted-foreground text-sm">{text.rolesHint}</p>
      </CardHeader>
      <CardContent>
        <form onSubmit={submit} noValidate className="flex flex-col gap-4">
          <RoleLimitFields
            limit={limit}
            draft={own}
            problems={problems}
            locked={locked}
            onChange={(changed) => setDraft({ [limit.role.id]: changed })}
          />
          {failure ? <ActionError problem={failure} /> : null}
          {locked ? null : (
            <Button type="submit" variant="outline" className="self-end" disabled={pending} aria-busy={pending}>
              {pending ? <LoaderCircleIcon className="animate-spin" aria-hidden="true" /> : null}
              {pending ? text.saving : text.saveLimits}
            </Button>
          )}
        </form>
        {dialog}
      </CardContent>
    </Card>
  );
}
