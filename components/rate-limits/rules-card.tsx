"use client";

import { PencilIcon } from "lucide-react";
import { useState } from "react";

import { GuardedButton } from "@/components/detail/guarded-button";
import { RelativeTime } from "@/components/feedback/relative-time";
import { PartCard } from "@/components/rate-limits/part-card";
import type { RateLimitActions } from "@/components/rate-limits/rate-limit-actions";
import { chartPlace, ruleName } from "@/components/rate-limits/rate-limit-words";
import { RuleEditor } from "@/components/rate-limits/rule-editor";
import { RuleMode } from "@/components/rate-limits/rule-mode";
import { ScopeLink } from "@/components/scope/scope-link";
import type { RateLimitRule } from "@/lib/rate-limit-monitor/rule-schemas";
import type { ActionResult } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.rules;
const { rate } = messages.rateLimits;

type RulesCardProps = {
  rules: ActionResult<{ data: readonly RateLimitRule[] }>;
  mayUpdate: boolean;
  actions: Pick<RateLimitActions, "preview" | "update">;
};

/** Every rule: what it counts, how it is set, since when and by whom. */
export function RulesCard({ rules, mayUpdate, actions }: RulesCardProps) {
  const [editing, setEditing] = useState<RateLimitRule | null>(null);
  return (
    <PartCard title={text.title} part={rules} failed={messages.rateLimits.failed.rules}>
      {({ data }) => (
        <>
          <ul className="divide-y text-[13px]">
            {data.map((rule) => (
              <RuleRow
                key={rule.rule}
                rule={rule}
                refusal={mayUpdate ? null : text.notYours}
                onEdit={() => setEditing(rule)}
              />
            ))}
          </ul>
          {editing ? <RuleEditor rule={editing} actions={actions} onClose={() => setEditing(null)} /> : null}
        </>
      )}
    </PartCard>
  );
}

type RuleRowProps = { rule: RateLimitRule; refusal: string | null; onEdit: () => void };

function RuleRow({ rule, refusal, onEdit }: RuleRowProps) {
  const { limit, windowSeconds, defaults } = rule;
  const isDefault = limit === defaults.limit && windowSeconds === defaults.windowSeconds;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 py-3 lg:grid-cols-[minmax(0,1fr)_11rem_8rem_9rem_auto]">
      <span className="flex min-w-0 flex-col">
        <ScopeLink
          href={chartPlace(rule.rule)}
          prefetch={false}
          className="w-fit rounded-sm font-medium underline-offset-4 outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
        >
          {ruleName(rule.rule)}
        </ScopeLink>
        <span className="text-muted-foreground text-xs">{rule.summary}</span>
      </span>
      <span className="flex flex-col tabular-nums max-lg:col-start-1">
        <span>{rate(limit, windowSeconds)}</span>
        <span className="text-muted-foreground text-xs">
          {isDefault ? text.algorithm[rule.algorithm] : text.defaults(rate(defaults.limit, defaults.windowSeconds))}
        </span>
      </span>
      <span className="max-lg:col-start-1">
        <RuleMode mode={rule.mode} />
      </span>
      <span className="flex flex-col text-muted-foreground text-xs max-lg:hidden">
        {rule.updatedAt ? (
          <>
            <RelativeTime value={rule.updatedAt} />
            {rule.updatedBy ? <bdi className="truncate">{text.by(rule.updatedBy.name)}</bdi> : null}
          </>
        ) : null}
      </span>
      <span className="max-lg:col-start-2 max-lg:row-span-3 max-lg:row-start-1">
        <GuardedButton
          variant="outline"
          size="sm"
          refusal={refusal}
          onClick={onEdit}
          aria-label={text.editRule(ruleName(rule.rule))}
        >
          <PencilIcon aria-hidden="true" />
          {text.edit}
        </GuardedButton>
      </span>
    </li>
  );
}
