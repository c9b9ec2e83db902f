"use client";

import { ScrollTextIcon } from "lucide-react";
import { useMemo } from "react";

import { auditColumns, auditColumnsOfTenant } from "@/components/audit/audit-columns";
import { AuditEventSheet } from "@/components/audit/audit-event-sheet";
import { auditFilters } from "@/components/audit/audit-filters";
import { eventTitle } from "@/components/audit/event-sentence";
import { DataTable } from "@/components/data-table/data-table";
import type { ListPage } from "@/components/data-table/list-page";
import { useRowSheet } from "@/components/detail/row-sheet";
import { useScope } from "@/components/scope/scope-provider";
import type { AuditEvent } from "@/lib/audit/schemas";
import type { ActionProblem } from "@/lib/ui/action-result";
import type { ListDefinition } from "@/lib/ui/list-search-params";
import { messages } from "@/lib/ui/messages";

const text = messages.audit;
const emptyLog = { icon: ScrollTextIcon, title: text.emptyTitle, description: text.emptyHint };
const emptyOfUser = { icon: ScrollTextIcon, title: text.emptyOfUser, description: text.emptyOfUserHint };

/** Properties of the audit log. */
export type AuditTableProps = {
  list: ListDefinition;
  page: ListPage<AuditEvent> | null;
  problem: ActionProblem | null;
  /** The event that the URL opens, where it is not on this page. */
  opened?: AuditEvent | null;
  /** True on the page of one user. */
  ofOneUser?: boolean;
};

/** The audit log: filters, pages, and each event in full beside it. */
export function AuditTable({ list, page, problem, opened = null, ofOneUser = false }: AuditTableProps) {
  const sheet = useRowSheet("event");
  const inTenant = useScope().kind === "tenant";
  const filterFields = useMemo(() => auditFilters({ inTenant, ofOneUser }), [inTenant, ofOneUser]);
  const event = page?.data.find(({ id }) => id === sheet.openId) ?? (opened?.id === sheet.openId ? opened : null);
  return (
    <div onClickCapture={sheet.interceptClick}>
      <DataTable
        list={list}
        noun={text.noun}
        columns={inTenant ? auditColumnsOfTenant : auditColumns}
        page={page}
        problem={problem}
        rowId={({ id }) => id}
        rowName={eventTitle}
        rowHref={({ id }) => sheet.hrefOf(id)}
        filterFields={filterFields}
        empty={ofOneUser ? emptyOfUser : emptyLog}
      />
      <AuditEventSheet event={event} onClose={sheet.close} />
    </div>
  );
}
