import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";

import { NoAccess } from "@/components/auth/no-access";
import { PageHeader } from "@/components/layout/page-header";
import { SessionsTable } from "@/components/sessions/sessions-table";
import { pageViewer } from "@/lib/http/page-viewer";
import { listSessions } from "@/lib/sessions/list-sessions";
import { messages } from "@/lib/ui/messages";
import { loadList } from "../../load-list";
import { revokeSessionsAction } from "./actions";
import { loadSessionsView, sessionsList } from "./search-params";

const text = messages.sessions;

export const metadata: Metadata = { title: text.title };

/** Every device that is signed in, and those that were. */
export default async function SessionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const view = await loadSessionsView(searchParams);
  const [viewer, result] = await Promise.all([
    pageViewer(),
    loadList(listSessions, { list: sessionsList, searchParams, input: { status: view } }),
  ]);
  if (!result.ok && result.problem.code === "FORBIDDEN") return <NoAccess viewer={viewer} />;
  return (
    <>
      <PageHeader title={text.title} description={text.description} />
      <SessionsTable
        list={sessionsList}
        page={result.ok ? result.data : null}
        problem={result.ok ? null : result.problem}
        view={view}
        mayEnd={viewer.permissions.includes("sessions.revoke")}
        end={revokeSessionsAction}
      />
    </>
  );
}
