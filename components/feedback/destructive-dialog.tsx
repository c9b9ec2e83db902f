"use client";

import type { ReactNode } from "react";
import { useState } from "react";
import { DestructiveForm } from "@/components/feedback/destructive-form";
import { AlertDialog, AlertDialogContent } from "@/components/ui/alert-dialog";
import type { ActionResult } from "@/lib/ui/action-result";
import type { Noun } from "@/lib/ui/format";

/** What a destructive act did, told in a toast. */
export type DestructiveReport = {
  /** For example "Ended 12 sessions of Ada Byron". */
  title: string;
  description?: string;
  /** Where it is recorded, as a place within the scope: `/receipts/{id}`. */
  link?: { href: string; label: string };
  /** `warning` where it is done but not yet everywhere: a pending receipt. */
  tone?: "success" | "warning";
};

/** Properties of the one dialog for destructive acts. */
export type DestructiveDialogProps<Output> = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** `{ verb: "End", doing: "Ending" }`: title and button use the verb, the busy button the other. */
  act: { verb: string; doing: string };
  noun: Noun;
  /** How many will be hit; null while it is being counted. */
  count: number | null;
  /** The count stopped at its bound: shown as "1,000+". */
  capped?: boolean;
  /** The name of the one thing that is hit, used instead of the count: "Lock Ada Byron?". */
  subject?: string;
  /** Names of who and what is hit; the first five are shown, then "and N more". `total` defaults to their number. */
  affected?: { label?: string; names: readonly string[]; total?: number };
  /** What is not hit, and why. */
  untouched?: ReactNode;
  /** What happens next: "They must sign in again on every device." */
  consequence: ReactNode;
  /** Further fields that the act needs, below what it hits. */
  fields?: ReactNode;
  /** Whether the audit log wants a reason; `none` shows no field. Defaults to `required`. */
  reason?: "required" | "optional" | "none";
  /** Above this many, the count must be typed; with a phrase it is the phrase (a name), whatever the count. */
  confirmation?: { above?: number; phrase?: string };
  /** Performs the act: a server action. A failure is shown in the dialog, which stays open. */
  perform: (input: { reason: string }) => Promise<ActionResult<Output>>;
  /** Turns the result into the toast. */
  toReport: (output: Output) => DestructiveReport;
  /** Called after a success, for example to clear a selection or to leave the page of a deleted thing. */
  onDone?: (output: Output) => void;
};

/** Asks once before a destructive act, says how much it will hit, and reports what it did. */
export function DestructiveDialog<Output>(props: DestructiveDialogProps<Output>) {
  const [pending, setPending] = useState(false);
  return (
    <AlertDialog open={props.open} onOpenChange={(open) => (pending ? undefined : props.onOpenChange(open))}>
      <AlertDialogContent>
        <DestructiveForm {...props} pending={pending} onPendingChange={setPending} />
      </AlertDialogContent>
    </AlertDialog>
  );
}
