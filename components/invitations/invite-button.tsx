"use client";

import { MailPlusIcon } from "lucide-react";
import { useState } from "react";

import { GuardedButton } from "@/components/detail/guarded-button";
import { InviteDialog, type InviteDialogProps } from "@/components/invitations/invite-dialog";
import { messages } from "@/lib/ui/messages";

const text = messages.members.invite;

/** Properties of the act. */
export type InviteButtonProps = Omit<InviteDialogProps, "onClose"> & { permitted: boolean };

/** Opens the dialog that invites people. */
export function InviteButton({ permitted, ...dialog }: InviteButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <GuardedButton refusal={permitted ? null : text.notPermitted} onClick={() => setOpen(true)}>
        <MailPlusIcon aria-hidden="true" />
        {text.act}
      </GuardedButton>
      {open ? <InviteDialog {...dialog} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
