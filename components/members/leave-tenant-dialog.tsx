"use client";

import { DestructiveDialog } from "@/components/feedback/destructive-dialog";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import type { ActionResult } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

const text = messages.members;

/** Ends one's own membership: a server action. */
export type LeaveTenant = (input: Record<string, never>) => Promise<ActionResult<Receipt>>;

/** Properties of the dialog. */
export type LeaveTenantDialogProps = { tenantName: string; perform: LeaveTenant; open: boolean; onClose: () => void };

/** Asks before one leaves a tenant, and then leads out of its pages: this very session may have ended with it. */
export function LeaveTenantDialog({ tenantName, perform, open, onClose }: LeaveTenantDialogProps) {
  return (
    <DestructiveDialog
      open={open}
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      act={text.leave.act}
      noun={text.noun}
      count={1}
      subject={tenantName}
      untouched={text.leave.untouched}
      consequence={text.leave.consequence}
      reason="none"
      perform={() => perform({})}
      toReport={() => ({ title: text.leave.done(tenantName) })}
      onDone={() => window.location.assign("/")}
    />
  );
}
