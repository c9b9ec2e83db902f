"use client";

import { LogOutIcon, MonitorSmartphoneIcon } from "lucide-react";
import { useMemo, useState } from "react";

import { DataTable } from "@/components/data-table/data-table";
import type { ListPage } from "@/components/data-table/list-page";
import { GuardedButton } from "@/components/detail/guarded-button";
import { useRowSheet } from "@/components/detail/row-sheet";
import { useScope } from "@/components/scope/scope-provider";
import { type EndSessions, EndSessionsDialog } from "@/components/sessions/end-sessions-dialog";
import { SessionSheet } from "@/components/sessions/session-sheet";
import { sessionName } from "@/components/sessions/session-words";
import { type SessionsView, sessionsColumns } from "@/components/sessions/sessions-columns";
import { sessionsFilters } from "@/components/sessions/sessions-filters";
import { SessionsViewTabs } from "@/components/sessions/sessions-view-tabs";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import type { Session } from "@/lib/sessions/schemas";
import type { ActionProblem } from "@/lib/ui/action-result";
import type { ListDefinition } from "@/lib/ui/list-search-params";
import { messages } from "@/lib/ui/messages";

const text = messages.sessions;

/** Properties of a list of sessions. */
export type SessionsTableProps = {
  list: ListDefinition;
  page: ListPage<Session> | null;
  problem: ActionProblem | null;
  view: SessionsView;
  /** True on the page of one user, where it would say the same name in every row. */
  ofOneUser?: boolean;
  /** Whether the viewer's roles include ending sessions. */
  mayEnd: boolean;
  end: EndSessions;
};

/** A list of sessions: filters, pages, one in full beside it, and ending one or several. */
export function SessionsTable({ list, page, problem, view, ofOneUser = false, mayEnd, end }: SessionsTableProps) {
  const inTenant = useScope().kind === "tenant";
  const sheet = useRowSheet("session");
  const [asked, setAsked] = useState<{ sessions: readonly Session[]; done: () => void } | null>(null);
  const columns = useMemo(() => sessionsColumns(view, { inTenant, ofOneUser }), [view, inTenant, ofOneUser]);
  const filterFields = useMemo(() => sessionsFilters({ inTenant, ofOneUser }), [inTenant, ofOneUser]);
  const refusal = mayEnd ? null : messages.users.act.notPermitted;
  const askFor = (session: Session) => setAsked({ sessions: [session], done: sheet.close });
  return (
    <div onClickCapture={sheet.interceptClick}>
      <DataTable
        list={list}
        noun={text.noun}
        columns={columns}
        page={page}
        problem={problem}
        rowId={({ id }) => id}
        rowName={sessionName}
        rowHref={({ id }) => sheet.hrefOf(id)}
        rowMenu={(session) =>
          session.status === "active" ? <EndItem refusal={refusal} onSelect={() => askFor(session)} /> : null
        }
        isRowSelectable={({ status }) => status === "active"}
        bulkActions={
          mayEnd && view !== "ended"
            ? ({ rows, clear }) => (
                <GuardedButton
                  variant="destructive"
                  size="sm"
                  refusal={null}
                  onClick={() => setAsked({ sessions: rows, done: clear })}
                >
                  <LogOutIcon aria-hidden="true" />
                  {text.end.all(rows.length, false)}
                </GuardedButton>
              )
            : undefined
        }
        searchable={!ofOneUser}
        filterFields={filterFields}
        toolbarEnd={<SessionsViewTabs view={view} />}
        empty={emptyWords(view, ofOneUser)}
      />
      <SessionSheet
        session={page?.data.find(({ id }) => id === sheet.openId) ?? null}
        refusal={refusal}
        onEnd={askFor}
        onClose={sheet.close}
      />
      {asked ? (
        <EndSessionsDialog sessions={asked.sessions} perform={end} onDone={asked.done} onClose={() => setAsked(null)} />
      ) : null}
    </div>
  );
}

function EndItem({ refusal, onSelect }: { refusal: string | null; onSelect: () => void }) {
  return (
    <DropdownMenuItem variant="destructive" disabled={refusal !== null} onSelect={onSelect}>
      <LogOutIcon aria-hidden="true" />
      <span className="flex flex-col">
        {text.end.one}
        {refusal ? <span className="text-xs">{refusal}</span> : null}
      </span>
    </DropdownMenuItem>
  );
}

function emptyWords(view: SessionsView, ofOneUser: boolean) {
  const icon = MonitorSmartphoneIcon;
  if (view === "ended") return { icon, title: text.emptyEnded };
  if (ofOneUser) return { icon, title: text.emptyOfUser, description: text.emptyOfUserHint };
  return { icon, title: text.emptyTitle, description: text.emptyHint };
}
