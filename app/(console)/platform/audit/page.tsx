import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";

import { AuditTable } from "@/components/audit/audit-table";
import { NoAccess } from "@/components/auth/no-access";
import { PageHeader } from "@/components/layout/page-header";
import { getAuditEvent } from "@/lib/audit/get-audit-event";
import { listAuditEvents } from "@/lib/audit/list-audit-events";
import { pageQuery } from "@/lib/http/page-query";
import { pageViewer } from "@/lib/http/page-viewer";
import { messages } from "@/lib/ui/messages";
import { loadList } from "../../load-list";
import { auditList, loadOpenEvent } from "./search-params";

const text = messages.audit;

export const metadata: Metadata = { title: text.title };

/** What happened and what was refused. */
export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, result, openId] = await Promise.all([
    pageViewer(),
    loadList(listAuditEvents, { list: auditList, searchParams }),
    loadOpenEvent(searchParams),
  ]);
  if (!result.ok && result.problem.code === "FORBIDDEN") return <NoAccess viewer={viewer} />;
  const isElsewhere = openId !== null && result.ok && !result.data.data.some(({ id }) => id === openId);
  const opened = isElsewhere ? await pageQuery(getAuditEvent, { input: { eventId: openId } }) : null;
  return (
    <>
      <PageHeader title={text.title} description={text.description} />
      <AuditTable
        list={auditList}
        page={result.ok ? result.data : null}
        problem={result.ok ? null : result.problem}
        opened={opened}
      />
    </>
  );
}
