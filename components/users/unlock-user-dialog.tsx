"use client";

import { useState } from "react";
import { toast } from "sonner";

import { FormDialog } from "@/components/detail/form-dialog";
import { ReasonField } from "@/components/feedback/reason-field";
import type { UserActions } from "@/components/users/user-actions";
import { messages } from "@/lib/ui/messages";
import { rememberReason } from "@/lib/ui/recent-reasons";
import type { User } from "@/lib/users/schemas";

const text = messages.users.unlock;

/** Properties of the dialog that unlocks a user. */
export type UnlockUserDialogProps = { user: User; perform: UserActions["unlock"]; onClose: () => void };

/** Lets a locked person sign in again. */
export function UnlockUserDialog({ user, perform, onClose }: UnlockUserDialogProps) {
  const [reason, setReason] = useState("");
  const name = user.name || user.email;
  const given = reason.trim();
  return (
    <FormDialog
      title={text.title(name)}
      description={text.body}
      submit={text.submit}
      busy={text.busy}
      check={() => ({ reason: given === "" ? text.reasonMissing : undefined })}
      perform={() => perform({ userId: user.id, reason: given })}
      onDone={() => {
        rememberReason(given);
        toast.success(text.done(name));
      }}
      onClose={onClose}
    >
      {(problems) => <ReasonField value={reason} onChange={setReason} required error={problems.reason} />}
    </FormDialog>
  );
}
