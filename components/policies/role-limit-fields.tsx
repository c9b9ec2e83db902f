"use client";

import { sayNumber } from "@/components/policies/number-rules";
import { fieldOf, type LimitDraft, type LimitRule, limitRules } from "@/components/policies/role-limit-draft";
import { sayLimit } from "@/components/policies/say-rule";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { RoleLimit } from "@/lib/policies/limit-schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.policies;

/** Properties of a role's fields. */
export type RoleLimitFieldsProps = {
  limit: RoleLimit;
  draft: LimitDraft;
  problems: Record<string, string | undefined>;
  locked: boolean;
  onChange: (draft: LimitDraft) => void;
};

/** The limits of whoever holds one role; under each field what holds together with the other rules. */
export function RoleLimitFields({ limit, draft, problems, locked, onChange }: RoleLimitFieldsProps) {
  return (
    <div className="grid items-start gap-x-5 gap-y-4 sm:grid-cols-3">
      {limitRules.map((rule) => (
        <Field
          key={rule}
          label={text.roleField[rule]}
          hint={text.inForce(sayEffective(rule, limit))}
          error={problems[fieldOf(limit.role.id, rule)]}
        >
          {(control) => (
            <span className="flex items-center gap-2.5">
              <Input
                {...control}
                name={fieldOf(limit.role.id, rule)}
                inputMode="decimal"
                value={draft[rule]}
                placeholder={text.noLimit}
                readOnly={locked}
                autoComplete="off"
                className="max-w-40 tabular-nums"
                onChange={(event) => onChange({ ...draft, [rule]: event.target.value })}
              />
              <span className="text-muted-foreground text-sm">{text.field[rule].unit.many}</span>
            </span>
          )}
        </Field>
      ))}
    </div>
  );
}

function sayEffective(rule: LimitRule, { effective }: RoleLimit): string {
  const value = effective[rule];
  if (value === null) return text.anyNumber;
  return rule === "concurrentSessionsMax" ? sayNumber(rule, value) : sayLimit(rule, value);
}
