"use client";

import { type RoleLimitsDraft, toRoleLimitsDraft } from "@/components/policies/role-limit-draft";
import { RoleLimitFields } from "@/components/policies/role-limit-fields";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { RoleLimit } from "@/lib/policies/limit-schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.policies;

/** Properties of the section. */
export type RoleLimitsSectionProps = {
  limits: readonly RoleLimit[];
  draft: RoleLimitsDraft;
  problems: Record<string, string | undefined>;
  locked: boolean;
  inTenant: boolean;
  onChange: (draft: RoleLimitsDraft) => void;
};

/** Session limits of the built-in roles, and of one's own that have some; those of another are set on its own page. */
export function RoleLimitsSection({ limits, draft, problems, locked, inTenant, onChange }: RoleLimitsSectionProps) {
  const begun = toRoleLimitsDraft(limits);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{text.group.roles}</CardTitle>
        <p className="max-w-2xl text-muted-foreground text-sm">{text.rolesHint}</p>
      </CardHeader>
      <CardContent className="flex flex-col divide-y">
        {limits.map((limit) => {
          const { role } = limit;
          const own = draft[role.id] ?? begun[role.id];
          return own ? (
            <fieldset
              key={role.id}
              className="grid gap-x-8 gap-y-3 py-4 first:pt-0 last:pb-0 lg:grid-cols-[11rem_minmax(0,1fr)]"
            >
              <legend className="contents">
                <span className="flex flex-wrap items-center gap-2 font-medium text-sm lg:self-start lg:pt-6">
                  <span dir="auto">{role.name}</span>
                  {!inTenant && role.scope === "tenant" ? <Badge variant="neutral">{text.inTenants}</Badge> : null}
                </span>
              </legend>
              <RoleLimitFields
                limit={limit}
                draft={own}
                problems={problems}
                locked={locked}
                onChange={(changed) => onChange({ ...draft, [role.id]: changed })}
              />
            </fieldset>
          ) : null;
        })}
      </CardContent>
    </Card>
  );
}
