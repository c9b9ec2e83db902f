import { HistoryIcon } from "lucide-react";

import { SessionDevice } from "@/components/account/own-session-row";
import type { OwnSessionsPage } from "@/components/account/own-sessions";
import { OwnSessionsPages } from "@/components/account/own-sessions-pages";
import { EmptyState } from "@/components/feedback/empty-state";
import { RelativeTime } from "@/components/feedback/relative-time";
import { endReasonName } from "@/components/sessions/session-words";
import type { OwnSession } from "@/lib/account/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.account.sessions;

/** What has ended lately, when, and why. */
export function EndedOwnSessions({ page, isFirst }: { page: OwnSessionsPage; isFirst: boolean }) {
  return (
    <section aria-labelledby="ended-own-sessions">
      <h2 id="ended-own-sessions" className="mb-2 font-medium text-sm">
        {text.ended}
      </h2>
      <div className="overflow-hidden rounded-xl border bg-card shadow-xs">
        {page.data.length === 0 ? (
          <EmptyState icon={HistoryIcon} title={text.endedEmpty} description={text.endedEmptyHint} />
        ) : (
          <ul className="divide-y">
            {page.data.map((session) => (
              <EndedRow key={session.id} session={session} />
            ))}
          </ul>
        )}
      </div>
      <OwnSessionsPages
        label={text.pages.ended}
        parameter="endedAfter"
        isFirst={isFirst}
        nextCursor={page.nextCursor}
      />
    </section>
  );
}

function EndedRow({ session }: { session: OwnSession }) {
  const by = session.endedBy === null || session.endReason === "signed_out" ? undefined : text.by[session.endedBy];
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 p-4">
      <SessionDevice session={session} />
      <p className="flex min-w-0 flex-[2_1_14rem] flex-col text-[13px] sm:items-end">
        <span>
          {endReasonName(session.endReason)}
          {by ? <span className="text-muted-foreground"> {by}</span> : null}
        </span>
        <span className="text-muted-foreground">
          <RelativeTime value={session.endedAt} />
        </span>
      </p>
    </li>
  );
}
