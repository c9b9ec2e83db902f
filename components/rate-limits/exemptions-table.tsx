"use client";

import { ListChecksIcon, ListPlusIcon, ListXIcon } from "lucide-react";
import { useState } from "react";

import { DataTable } from "@/components/data-table/data-table";
import type { ListPage } from "@/components/data-table/list-page";
import { GuardedButton } from "@/components/detail/guarded-button";
import { GuardedItem } from "@/components/detail/guarded-item";
import { DestructiveDialog } from "@/components/feedback/destructive-dialog";
import { ExemptDialog } from "@/components/rate-limits/exempt-dialog";
import { exemptionName, exemptionsColumns } from "@/components/rate-limits/exemptions-columns";
import type { RateLimitActions } from "@/components/rate-limits/rate-limit-actions";
import { exemptionsFilters } from "@/components/rate-limits/rate-limits-filters";
import { useScope } from "@/components/scope/scope-provider";
import type { RateLimitExemption } from "@/lib/rate-limit-monitor/exemption-schemas";
import type { ActionProblem } from "@/lib/ui/action-result";
import type { ListDefinition } from "@/lib/ui/list-search-params";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits.exemptions;
const { notPermitted } = messages.rateLimits.act;

/** Properties of the allow-list. */
export type ExemptionsTableProps = {
  list: ListDefinition;
  page: ListPage<RateLimitExemption> | null;
  problem: ActionProblem | null;
  mayClear: boolean;
  actions: RateLimitActions;
};

/** Everybody whom no rule refuses, for how long, and why. */
export function ExemptionsTable({ list, page, problem, mayClear, actions }: ExemptionsTableProps) {
  const inTenant = useScope().kind === "tenant";
  const [adding, setAdding] = useState(false);
  const [going, setGoing] = useState<RateLimitExemption | null>(null);
  const refusal = mayClear ? null : notPermitted;
  return (
    <>
      <DataTable
        list={list}
        noun={text.noun}
        columns={exemptionsColumns(inTenant)}
        page={page}
        problem={problem}
        rowId={({ id }) => id}
        rowName={exemptionName}
        rowMenu={(exemption) => (
          <GuardedItem
            icon={ListXIcon}
            label={text.remove}
            destructive
            refusal={refusal}
            onSelect={() => setGoing(exemption)}
          />
        )}
        filterFields={exemptionsFilters(inTenant)}
        toolbarEnd={
          inTenant ? null : (
            <GuardedButton variant="outline" size="sm" refusal={refusal} onClick={() => setAdding(true)}>
              <ListPlusIcon aria-hidden="true" />
              {text.add}
            </GuardedButton>
          )
        }
        empty={{ icon: ListChecksIcon, title: text.emptyTitle, description: text.emptyHint }}
      />
      {adding ? <ExemptDialog subject={null} perform={actions.exempt} onClose={() => setAdding(false)} /> : null}
      {going ? <RemoveDialog exemption={going} perform={actions.unexempt} onClose={() => setGoing(null)} /> : null}
    </>
  );
}

type RemoveDialogProps = {
  exemption: RateLimitExemption;
  perform: RateLimitActions["unexempt"];
  onClose: () => void;
};

function RemoveDialog({ exemption, perform, onClose }: RemoveDialogProps) {
  const name = exemptionName(exemption);
  return (
    <DestructiveDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      act={text.removeAct}
      noun={text.noun}
      count={1}
      subject={text.removeSubject(name)}
      affected={{ label: text.removeAffected, names: [name] }}
      consequence={text.removeConsequence}
      reason="optional"
      perform={({ reason }) => perform({ exemptionId: exemption.id, ...(reason === "" ? {} : { reason }) })}
      toReport={() => ({
        title: text.removed(name),
        link: { href: "/audit?action=rate-limit-exemption.delete", label: messages.audit.title },
      })}
    />
  );
}
