"use client";

import { useState } from "react";
import { toast } from "sonner";

import { FormDialog } from "@/components/detail/form-dialog";
import { ReasonField } from "@/components/feedback/reason-field";
import type { UserActions } from "@/components/users/user-actions";
import { messages } from "@/lib/ui/messages";
import { rememberReason } from "@/lib/ui/recent-reasons";
import type { User } from "@/lib/users/schemas";

const text = messages.lockout.user;

/** Properties of the dialog that forgets somebody's failed sign-ins. */
export type UnlockSignInDialogProps = { user: User; perform: UserActions["unlockSignIn"]; onClose: () => void };

/** Lets unknown browsers try somebody's password again. */
export function UnlockSignInDialog({ user, perform, onClose }: UnlockSignInDialogProps) {
  const [reason, setReason] = useState("");
  const name = user.name || user.email;
  const given = reason.trim();
  return (
    <FormDialog
      title={text.title(name)}
      description={text.body}
      submit={text.submit}
      busy={text.busy}
      check={() => ({ reason: given === "" ? messages.users.unlock.reasonMissing : undefined })}
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
