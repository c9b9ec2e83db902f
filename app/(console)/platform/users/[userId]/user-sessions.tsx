import type { SearchParams } from "nuqs/server";

import { SessionsTable } from "@/components/sessions/sessions-table";
import type { PageViewer } from "@/lib/http/page-viewer";
import { listSessions } from "@/lib/sessions/list-sessions";
import type { UserDetail } from "@/lib/users/schemas";
import { loadList } from "../../../load-list";
import { revokeSessionsAction } from "../../sessions/actions";
import { loadSessionsView, userSessionsList } from "../../sessions/search-params";

type UserSessionsProps = { user: UserDetail; viewer: PageViewer; searchParams: Promise<SearchParams> };

/** The sessions of one user, live or ended. */
export async function UserSessions({ user, viewer, searchParams }: UserSessionsProps) {
  const view = await loadSessionsView(searchParams);
  const result = await loadList(listSessions, {
    list: userSessionsList,
    searchParams,
    input: { status: view, userId: user.id },
  });
  return (
    <SessionsTable
      list={userSessionsList}
      page={result.ok ? result.data : null}
      problem={result.ok ? null : result.problem}
      view={view}
      ofOneUser
      mayEnd={viewer.permissions.includes("sessions.revoke")}
      end={revokeSessionsAction}
    />
  );
}
