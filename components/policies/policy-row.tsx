"use client";

import type { ReactNode } from "react";

import { sayRule } from "@/components/policies/say-rule";
import type { EffectivePolicy, Policy } from "@/lib/policies/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.policies;

/** Properties of a rule's row; the field for one's own value is its content. */
export type PolicyRowProps = { rule: keyof EffectivePolicy; policy: Policy; inTenant: boolean; children: ReactNode };

/** One rule: the field, and beside it what the platform says and what therefore holds. */
export function PolicyRow({ rule, policy, inTenant, children }: PolicyRowProps) {
  const { allowedAddresses } = policy.effective;
  return (
    <div className="grid gap-x-8 gap-y-3 py-4 first:pt-0 last:pb-0 md:grid-cols-[minmax(0,1fr)_18rem]">
      <div className="min-w-0 max-w-xl">{children}</div>
      <dl className="grid h-fit grid-cols-2 gap-x-4 text-[13px]">
        {inTenant ? <Standing label={text.bound}>{sayRule(rule, policy.platform)}</Standing> : null}
        <Standing label={text.effective} strong>
          {sayRule(rule, policy.effective)}
          {rule === "allowedAddresses" && allowedAddresses !== null ? (
            <span className="block font-mono font-normal text-[11px] text-muted-foreground">
              {allowedAddresses.join(", ")}
            </span>
          ) : null}
        </Standing>
      </dl>
    </div>
  );
}

function Standing({ label, strong = false, children }: { label: string; strong?: boolean; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <dt className="text-muted-foreground text-xs">{label}</dt>
      <dd className={strong ? "font-medium [overflow-wrap:anywhere]" : "[overflow-wrap:anywhere]"}>{children}</dd>
    </div>
  );
}
