"use client";

import { LogOutIcon } from "lucide-react";
import { useRouter } from "next/navigation";

import type { TableSelection } from "@/components/data-table/table-selection";
import { useScopePath } from "@/components/scope/scope-provider";
import { EndSessionsDialog } from "@/components/sessions/end-sessions-dialog";
import type { SessionFilterValues } from "@/components/sessions/filter-words";
import { RevocationSheet } from "@/components/sessions/revocation-sheet";
import type { SessionActions } from "@/components/sessions/session-actions";
import { Button } from "@/components/ui/button";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import type { RoleChoice } from "@/components/users/user-actions";
import type { Session } from "@/lib/sessions/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.sessions.end;

/** What a person is about to end: sessions they chose, or all that match; null while they are not. */
export type AskedEnd = { sessions: readonly Session[]; done: () => void } | "matching" | null;

type EndDialogsProps = {
  asked: AskedEnd;
  filter: SessionFilterValues;
  roles: readonly RoleChoice[];
  actions: SessionActions;
  onClose: () => void;
};

/** The dialog that fits what is about to be ended. Ending all that match leads to the receipt. */
export function EndDialogs({ asked, filter, roles, actions, onClose }: EndDialogsProps) {
  const router = useRouter();
  const pathOf = useScopePath();
  if (asked === null) return null;
  if (asked !== "matching") {
    return <EndSessionsDialog sessions={asked.sessions} perform={actions.end} onDone={asked.done} onClose={onClose} />;
  }
  return (
    <RevocationSheet
      filter={filter}
      roles={roles}
      actions={actions}
      onDone={({ id }) => router.push(pathOf(`/receipts/${id}`))}
      onClose={onClose}
    />
  );
}

type EndSelectedProps = { selection: TableSelection<Session>; onAsk: (asked: AskedEnd) => void };

/** The acts on the selected rows: to end them, or to go on to all that match. */
export function EndSelected({ selection: { rows, clear }, onAsk }: EndSelectedProps) {
  return (
    <>
      <Button variant="destructive" size="sm" onClick={() => onAsk({ sessions: rows, done: clear })}>
        <LogOutIcon aria-hidden="true" />
        {text.all(rows.length, false)}
      </Button>
      <Button variant="ghost" size="sm" onClick={() => onAsk("matching")}>
        {messages.revocation.open.selectAll}
      </Button>
    </>
  );
}

/** The act of a row's menu; where the viewer may not, it says why. */
export function EndItem({ refusal, onSelect }: { refusal: string | null; onSelect: () => void }) {
  return (
    <DropdownMenuItem variant="destructive" disabled={refusal !== null} onSelect={onSelect}>
      <LogOutIcon aria-hidden="true" />
      <span className="flex flex-col">
        {text.one}
        {refusal ? <span className="text-xs">{refusal}</span> : null}
      </span>
    </DropdownMenuItem>
  );
}
