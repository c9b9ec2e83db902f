import { NoAccess } from "@/components/auth/no-access";
import { SessionsExplorer } from "@/components/sessions/sessions-explorer";
import { pageViewer } from "@/lib/http/page-viewer";
import { listSessions } from "@/lib/sessions/list-sessions";
import { loadSessionsView, sessionFilterOf, sessionsList, shownView } from "../lists/sessions-list";
import { loadList, readListInput } from "../load-list";
import { bindSessionActions } from "./bind-session-actions";
import { loadRoles } from "./load-roles";
import { PendingReceiptsNotice } from "./pending-receipts-notice";
import type { ScreenProps } from "./screen-props";
import { SessionViews } from "./session-views";

/** Every device that is signed in, and those that were. */
export async function SessionsScreen({ params, searchParams }: ScreenProps) {
  const { tenantSlug = null } = await params;
  const view = await loadSessionsView(searchParams);
  const source = { list: sessionsList, params, searchParams, input: { status: view } };
  const [viewer, input, result] = await Promise.all([
    pageViewer(tenantSlug ?? undefined),
    readListInput(listSessions, source),
    loadList(listSessions, source),
  ]);
  if (!result.ok && result.problem.code === "FORBIDDEN") return <NoAccess viewer={viewer} />;
  return (
    <SessionsExplorer
      list={sessionsList}
      page={result.ok ? result.data : null}
      problem={result.ok ? null : result.problem}
      view={view}
      query={{ input, filter: sessionFilterOf(input) }}
      roles={await loadRoles(viewer, tenantSlug)}
      mayEnd={viewer.permissions.includes("sessions.revoke")}
      actions={bindSessionActions(tenantSlug)}
    >
      <PendingReceiptsNotice viewer={viewer} tenantSlug={tenantSlug} />
      <SessionViews viewer={viewer} tenantSlug={tenantSlug} shown={shownView(input, view)} />
    </SessionsExplorer>
  );
}
