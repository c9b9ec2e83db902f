"use client";

import { DestructiveDialog } from "@/components/feedback/destructive-dialog";
import { toReceiptReport } from "@/components/receipts/to-receipt-report";
import { ownerName, sessionName } from "@/components/sessions/session-words";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import type { Session } from "@/lib/sessions/schemas";
import type { ActionResult } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

const text = messages.sessions.end;

/** Ends sessions one by one or several at once. */
export type EndSessions = (input: { sessionIds: string[]; reason: string }) => Promise<ActionResult<Receipt>>;

/** Properties of the dialog that ends the chosen sessions. */
export type EndSessionsDialogProps = {
  sessions: readonly Session[];
  perform: EndSessions;
  onDone: () => void;
  onClose: () => void;
};

/** Ends the chosen sessions, one or several. */
export function EndSessionsDialog({ sessions, perform, onDone, onClose }: EndSessionsDialogProps) {
  const own = sessions.some(({ current }) => current);
  const [only] = sessions;
  const name = sessions.length === 1 && only ? ownerName(only) : null;
  return (
    <DestructiveDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      act={text.act}
      noun={messages.sessions.noun}
      count={sessions.length}
      affected={{ names: sessions.map(sessionName) }}
      untouched={sessions.length === 1 ? text.untouchedOne : text.untouched}
      consequence={own ? text.consequenceOwn : sessions.length === 1 ? text.consequenceOne : text.consequenceSome}
      perform={({ reason }) => perform({ sessionIds: sessions.map(({ id }) => id), reason })}
      toReport={(receipt) => toReceiptReport(receipt, name)}
      onDone={onDone}
    />
  );
}
