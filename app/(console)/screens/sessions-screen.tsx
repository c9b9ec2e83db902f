import { NoAccess } from "@/components/auth/no-access";
import { PageHeader } from "@/components/layout/page-header";
import { SessionsTable } from "@/components/sessions/sessions-table";
import { pageViewer } from "@/lib/http/page-viewer";
import { listSessions } from "@/lib/sessions/list-sessions";
import { messages } from "@/lib/ui/messages";
import { revokeSessionsAction } from "../actions/session-actions";
import { loadSessionsView, sessionsList } from "../lists/sessions-list";
import { loadList } from "../load-list";
import type { ScreenProps } from "./screen-props";

const text = messages.sessions;

/** Every device that is signed in, and those that were. */
export async function SessionsScreen({ params, searchParams }: ScreenProps) {
  const { tenantSlug = null } = await params;
  const view = await loadSessionsView(searchParams);
  const [viewer, result] = await Promise.all([
    pageViewer(tenantSlug ?? undefined),
    loadList(listSessions, { list: sessionsList, params, searchParams, input: { status: view } }),
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
        end={revokeSessionsAction.bind(null, tenantSlug)}
      />
    </>
  );
}
