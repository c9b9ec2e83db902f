"use client";

import { BanIcon, ShieldCheckIcon } from "lucide-react";
import { useMemo, useState } from "react";

import { DataTable } from "@/components/data-table/data-table";
import type { ListPage } from "@/components/data-table/list-page";
import { GuardedButton } from "@/components/detail/guarded-button";
import { blocksColumns } from "@/components/rate-limits/blocks-columns";
import type { RateLimitActions } from "@/components/rate-limits/rate-limit-actions";
import { subjectName } from "@/components/rate-limits/rate-limit-words";
import { blocksFilters } from "@/components/rate-limits/rate-limits-filters";
import { type AskedAct, SubjectDialogs } from "@/components/rate-limits/subject-dialogs";
import { SubjectItems } from "@/components/rate-limits/subject-menu";
import { useScope } from "@/components/scope/scope-provider";
import type { RateLimitBlock } from "@/lib/rate-limit-monitor/block-schemas";
import type { ActionProblem } from "@/lib/ui/action-result";
import type { ListDefinition } from "@/lib/ui/list-search-params";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits;

/** Properties of the list of blocks. */
export type BlocksTableProps = {
  list: ListDefinition;
  page: ListPage<RateLimitBlock> | null;
  problem: ActionProblem | null;
  mayClear: boolean;
  actions: RateLimitActions;
};

/** Everybody who is kept out, to be searched and narrowed. */
export function BlocksTable({ list, page, problem, mayClear, actions }: BlocksTableProps) {
  const inTenant = useScope().kind === "tenant";
  const [asked, setAsked] = useState<AskedAct | null>(null);
  const readAt = useReadAt(page);
  const columns = useMemo(() => blocksColumns(readAt, inTenant), [readAt, inTenant]);
  const fields = useMemo(() => blocksFilters(inTenant), [inTenant]);
  return (
    <>
      <DataTable
        list={list}
        noun={text.blocks.noun}
        columns={columns}
        page={page}
        problem={problem}
        rowId={({ id }) => id}
        rowName={({ subject }) => subjectName(subject)}
        rowMenu={(block) => (
          <SubjectItems subject={block.subject} block={block} rule={block.rule} mayClear={mayClear} onAsk={setAsked} />
        )}
        filterFields={fields}
        toolbarEnd={
          <GuardedButton
            variant="outline"
            size="sm"
            refusal={mayClear ? null : text.act.notPermitted}
            onClick={() => setAsked({ act: "block", subject: null })}
          >
            <BanIcon aria-hidden="true" />
            {text.blocks.block}
          </GuardedButton>
        }
        empty={{ icon: ShieldCheckIcon, title: text.blocks.none, description: text.blocks.noneHint }}
      />
      <SubjectDialogs asked={asked} actions={actions} onClose={() => setAsked(null)} />
    </>
  );
}

// The times left are those of the answer, so they count from when its page arrived.
function useReadAt(page: ListPage<RateLimitBlock> | null): number {
  const [given, setGiven] = useState(page);
  const [readAt, setReadAt] = useState(() => Date.now());
  if (page !== given) {
    setGiven(page);
    setReadAt(Date.now());
  }
  return readAt;
}
