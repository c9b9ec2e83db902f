import type { SearchParams } from "nuqs/server";

import { SessionsTable } from "@/components/sessions/sessions-table";
import type { PageViewer } from "@/lib/http/page-viewer";
import { listSessions } from "@/lib/sessions/list-sessions";
import type { UserDetail } from "@/lib/users/schemas";
import { loadSessionsView, sessionFilterOf, userSessionsList } from "../lists/sessions-list";
import { loadList, readListInput } from "../load-list";
import { bindSessionActions } from "./bind-session-actions";

type UserSessionsProps = {
  user: UserDetail;
  viewer: PageViewer;
  params: Promise<{ tenantSlug?: string }>;
  searchParams: Promise<SearchParams>;
};

/** The sessions of one user, live or ended. */
export async function UserSessions({ user, viewer, params, searchParams }: UserSessionsProps) {
  const { tenantSlug = null } = await params;
  const view = await loadSessionsView(searchParams);
  const source = { list: userSessionsList, params, searchParams, input: { status: view, userId: user.id } };
  const [input, result] = await Promise.all([readListInput(listSessions, source), loadList(listSessions, source)]);
  return (
    <SessionsTable
      list={userSessionsList}
      page={result.ok ? result.data : null}
      problem={result.ok ? null : result.problem}
      view={view}
      query={{ input, filter: sessionFilterOf(input) }}
      roles={[]}
      ofOneUser
      mayEnd={viewer.permissions.includes("sessions.revoke")}
      actions={bindSessionActions(tenantSlug)}
    />
  );
}
