"use client";

import { MonitorSmartphoneIcon } from "lucide-react";
import { parseAsBoolean, useQueryState } from "nuqs";
import { type ReactNode, useMemo, useRef, useState } from "react";

import { DataTable } from "@/components/data-table/data-table";
import type { ListPage } from "@/components/data-table/list-page";
import { LiveStatus } from "@/components/data-table/live-status";
import { LiveToggle } from "@/components/data-table/live-toggle";
import { useLivePage } from "@/components/data-table/use-live-page";
import { useRowSheet } from "@/components/detail/row-sheet";
import { useScope } from "@/components/scope/scope-provider";
import { type AskedEnd, EndDialogs, EndItem, EndSelected } from "@/components/sessions/end-controls";
import { EndMatchingButton } from "@/components/sessions/end-matching-button";
import type { SessionFilterValues } from "@/components/sessions/filter-words";
import type { SessionActions } from "@/components/sessions/session-actions";
import { SessionSheet } from "@/components/sessions/session-sheet";
import { sessionName } from "@/components/sessions/session-words";
import { type SessionsView, sessionsColumns } from "@/components/sessions/sessions-columns";
import { sessionsFilters } from "@/components/sessions/sessions-filters";
import { SessionsViewTabs } from "@/components/sessions/sessions-view-tabs";
import type { RoleChoice } from "@/components/users/user-actions";
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
  /** What the page was read with, and which of it says which sessions are meant. */
  query: { input: Record<string, unknown>; filter: SessionFilterValues };
  /** Roles that people may hold here, to filter by. */
  roles: readonly RoleChoice[];
  /** True on the page of one user, where it would say the same name in every row. */
  ofOneUser?: boolean;
  /** Whether the viewer's roles include ending sessions. */
  mayEnd: boolean;
  actions: SessionActions;
  /** Draws what stands above the list; the argument is the button that ends all that match. */
  head?: (endMatching: ReactNode) => ReactNode;
};

/** A list of sessions: filters, pages, one in full beside it, and ending one, several, or all that match. */
export function SessionsTable(props: SessionsTableProps) {
  const { list, problem, view, query, roles, ofOneUser = false, mayEnd, actions } = props;
  const inTenant = useScope().kind === "tenant";
  const region = useRef<HTMLDivElement>(null);
  const sheet = useRowSheet("session");
  const [isLive, setIsLive] = useQueryState("live", parseAsBoolean.withDefault(false).withOptions({ shallow: true }));
  const [asked, setAsked] = useState<AskedEnd>(null);
  const columns = useMemo(() => sessionsColumns(view, { inTenant, ofOneUser }), [view, inTenant, ofOneUser]);
  const filterFields = useMemo(() => sessionsFilters({ inTenant, ofOneUser }, roles), [inTenant, ofOneUser, roles]);
  const live = useLivePage({
    enabled: isLive && problem === null,
    page: props.page,
    read: () => actions.read(query.input),
    rowId: idOf,
    region,
  });
  // Of one user, the page's head ends all of them already.
  const isNarrowed = Object.keys(query.filter).some((name) => name !== "userId");
  const refusal = mayEnd ? null : messages.users.act.notPermitted;
  const askFor = (session: Session) => setAsked({ sessions: [session], done: sheet.close });
  const endMatching =
    view === "ended" ? null : (
      <EndMatchingButton
        filter={query.filter}
        all={query.input.cursor === undefined && live.page?.nextCursor === null ? live.page.data : null}
        refusal={refusal}
        onOpen={() => setAsked("matching")}
      />
    );
  return (
    <div onClickCapture={sheet.interceptClick} ref={region}>
      {props.head?.(endMatching)}
      <DataTable
        list={list}
        noun={text.noun}
        columns={columns}
        page={live.page}
        problem={problem}
        rowId={idOf}
        rowName={sessionName}
        rowHref={({ id }) => sheet.hrefOf(id)}
        rowMenu={(session) =>
          session.status === "active" ? <EndItem refusal={refusal} onSelect={() => askFor(session)} /> : null
        }
        isRowSelectable={({ status }) => status === "active"}
        bulkActions={
          mayEnd && view !== "ended" ? (selection) => <EndSelected selection={selection} onAsk={setAsked} /> : undefined
        }
        searchable={!ofOneUser}
        filterFields={filterFields}
        toolbarEnd={
          <>
            <LiveToggle on={isLive} onChange={(on) => void setIsLive(on || null)} />
            <SessionsViewTabs view={view} />
          </>
        }
        aboveRows={
          <AboveRows>
            {isLive && problem === null ? <LiveStatus live={live} /> : null}
            {ofOneUser && isNarrowed ? endMatching : null}
          </AboveRows>
        }
        empty={emptyWords(view, ofOneUser)}
      />
      <SessionSheet
        session={live.page?.data.find(({ id }) => id === sheet.openId) ?? null}
        refusal={refusal}
        onEnd={askFor}
        onClose={sheet.close}
      />
      <EndDialogs asked={asked} filter={query.filter} roles={roles} actions={actions} onClose={() => setAsked(null)} />
    </div>
  );
}

function AboveRows({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center justify-between gap-3 empty:hidden">{children}</div>;
}

const idOf = ({ id }: Session): string => id;

function emptyWords(view: SessionsView, ofOneUser: boolean) {
  const icon = MonitorSmartphoneIcon;
  if (view === "ended") return { icon, title: text.emptyEnded };
  if (ofOneUser) return { icon, title: text.emptyOfUser, description: text.emptyOfUserHint };
  return { icon, title: text.emptyTitle, description: text.emptyHint };
}
