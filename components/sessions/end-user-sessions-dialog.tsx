"use client";

import { DestructiveDialog } from "@/components/feedback/destructive-dialog";
import { toReceiptReport } from "@/components/receipts/to-receipt-report";
import { type ReadLiveSessions, useLiveSessions } from "@/components/sessions/use-live-sessions";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import type { ActionResult } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

const text = messages.sessions.end;

/** Properties of the dialog; `own` when the viewer would end their own sessions. */
export type EndUserSessionsDialogProps = {
  user: { id: string; name: string; email: string };
  own: boolean;
  read: ReadLiveSessions;
  perform: (input: { userId: string; reason: string }) => Promise<ActionResult<Receipt>>;
  onClose: () => void;
};

/** Ends every session of one person. An unknown count does not stand in the way: this is for emergencies. */
export function EndUserSessionsDialog({ user, own, read, perform, onClose }: EndUserSessionsDialogProps) {
  const live = useLiveSessions(user.id, read);
  const nothing = live.state === "counted" && live.count === 0;
  const name = user.name || user.email;
  return (
    <DestructiveDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      act={text.act}
      noun={messages.sessions.noun}
      count={live.state === "counting" ? null : live.state === "counted" ? live.count : 1}
      capped={live.state === "counted" && live.capped}
      subject={live.state === "unknown" ? text.everything : undefined}
      affected={{ names: name === user.email ? [name] : [name, user.email] }}
      untouched={text.untouched}
      consequence={nothing ? text.none : own ? text.consequenceOwnAll : text.consequence}
      perform={({ reason }) => perform({ userId: user.id, reason })}
      toReport={(receipt) => toReceiptReport(receipt, name)}
    />
  );
}
