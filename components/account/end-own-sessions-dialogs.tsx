"use client";

import { DestructiveDialog, type DestructiveReport } from "@/components/feedback/destructive-dialog";
import { toReceiptReport } from "@/components/receipts/to-receipt-report";
import { deviceName } from "@/components/sessions/session-words";
import type { OwnSession } from "@/lib/account/schemas";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import type { ActionResult } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

const text = messages.account.sessions;

/** The server actions that end one's own sessions. */
export type OwnSessionActions = {
  one: (input: { sessionId: string }) => Promise<ActionResult<Receipt>>;
  others: (input: Record<string, never>) => Promise<ActionResult<Receipt>>;
};

/** Asks before one of one's own sessions ends. */
export function EndOwnSessionDialog({
  session,
  perform,
  onClose,
}: {
  session: OwnSession;
  perform: OwnSessionActions["one"];
  onClose: () => void;
}) {
  return (
    <DestructiveDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      act={text.act}
      noun={text.noun}
      count={1}
      affected={{ names: [[deviceName(session), session.ipAddress].filter((part) => part !== null).join(", ")] }}
      untouched={text.untouched}
      consequence={text.consequence}
      reason="none"
      perform={() => perform({ sessionId: session.id })}
      toReport={toOwnReport}
    />
  );
}

/** Asks before all of one's sessions but this one end. */
export function EndOtherOwnSessionsDialog({
  perform,
  onClose,
}: {
  perform: OwnSessionActions["others"];
  onClose: () => void;
}) {
  return (
    <DestructiveDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      act={text.act}
      noun={text.noun}
      count={1}
      subject={text.others}
      untouched={text.untouchedHere}
      consequence={text.consequenceOthers}
      reason="none"
      perform={() => perform({})}
      toReport={toOwnReport}
    />
  );
}

// Without the way to the receipt: those pages are the administrators'.
function toOwnReport(receipt: Receipt): DestructiveReport {
  const { description, tone } = toReceiptReport(receipt, null);
  if (receipt.ended === 0) return { title: text.nothing };
  return { title: text.done(receipt.ended), description, tone };
}
