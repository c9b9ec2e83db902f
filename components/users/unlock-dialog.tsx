"use client";

import { useState } from "react";
import { toast } from "sonner";

import { FormDialog } from "@/components/detail/form-dialog";
import { ReasonField } from "@/components/feedback/reason-field";
import type { UserActions } from "@/components/users/user-actions";
import { messages } from "@/lib/ui/messages";
import { rememberReason } from "@/lib/ui/recent-reasons";
import type { User } from "@/lib/users/schemas";

/** Properties of the dialog that lets somebody in again; `text` says what keeps them out. */
export type UnlockDialogProps = {
  user: User;
  text: {
    title: (name: string) => string;
    body: string;
    submit: string;
    busy: string;
    done: (name: string) => string;
  };
  perform: UserActions["unlock" | "unlockSignIn"];
  onClose: () => void;
};

/** Undoes a lock on somebody's account: an administrator's, or that of failed sign-ins. */
export function UnlockDialog({ user, text, perform, onClose }: UnlockDialogProps) {
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
