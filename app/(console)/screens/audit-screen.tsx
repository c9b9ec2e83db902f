import { AuditTable } from "@/components/audit/audit-table";
import { NoAccess } from "@/components/auth/no-access";
import { PageHeader } from "@/components/layout/page-header";
import { getAuditEvent } from "@/lib/audit/get-audit-event";
import { listAuditEvents } from "@/lib/audit/list-audit-events";
import { pageQuery } from "@/lib/http/page-query";
import { pageViewer } from "@/lib/http/page-viewer";
import { messages } from "@/lib/ui/messages";
import { auditList, loadOpenEvent } from "../lists/audit-list";
import { loadList } from "../load-list";
import type { ScreenProps } from "./screen-props";

const text = messages.audit;

/** What happened and what was refused. */
export async function AuditScreen({ params, searchParams }: ScreenProps) {
  const { tenantSlug } = await params;
  const [viewer, result, openId] = await Promise.all([
    pageViewer(tenantSlug),
    loadList(listAuditEvents, { list: auditList, params, searchParams }),
    loadOpenEvent(searchParams),
  ]);
  if (!result.ok && result.problem.code === "FORBIDDEN") return <NoAccess viewer={viewer} />;
  const isElsewhere = openId !== null && result.ok && !result.data.data.some(({ id }) => id === openId);
  const opened = isElsewhere ? await pageQuery(getAuditEvent, { params, input: { eventId: openId } }) : null;
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
