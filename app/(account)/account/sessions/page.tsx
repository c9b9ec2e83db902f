import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";

import { EndedOwnSessions } from "@/components/account/ended-own-sessions";
import { OwnSessions } from "@/components/account/own-sessions";
import { listOwnSessions } from "@/lib/account/list-own-sessions";
import { pageQuery } from "@/lib/http/page-query";
import { pageViewer } from "@/lib/http/page-viewer";
import { messages } from "@/lib/ui/messages";
import { revokeOtherOwnSessionsAction, revokeOwnSessionAction } from "../../actions/own-session-actions";
import { loadOwnSessionsPages } from "./search-params";

export const metadata: Metadata = { title: messages.account.sessions.title };

const limit = 20;

/** Where one is signed in, with the ways to end it, and what has ended lately. */
export default async function OwnSessionsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { after, endedAfter } = await loadOwnSessionsPages(searchParams);
  const [viewer, live, ended] = await Promise.all([
    pageViewer(),
    pageQuery(listOwnSessions, { input: { status: "active", limit, cursor: after } }),
    pageQuery(listOwnSessions, { input: { status: "ended", limit, cursor: endedAfter } }),
  ]);
  return (
    <div className="flex flex-col gap-8">
      <OwnSessions
        page={live}
        isFirst={after === undefined}
        mayEnd={viewer.impersonatedBy === null}
        actions={{
          one: revokeOwnSessionAction.bind(null, null),
          others: revokeOtherOwnSessionsAction.bind(null, null),
        }}
      />
      <EndedOwnSessions page={ended} isFirst={endedAfter === undefined} />
    </div>
  );
}
