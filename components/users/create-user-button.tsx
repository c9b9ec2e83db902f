"use client";

import { PlusIcon } from "lucide-react";
import { useState } from "react";

import { GuardedButton } from "@/components/detail/guarded-button";
import { CreateUserDialog, type CreateUserDialogProps } from "@/components/users/create-user-dialog";
import { messages } from "@/lib/ui/messages";

const text = messages.users.act;

/** Properties of the list's primary action. */
export type CreateUserButtonProps = Omit<CreateUserDialogProps, "onClose"> & { permitted: boolean };

/** Opens the dialog that creates a user. */
export function CreateUserButton({ permitted, ...dialog }: CreateUserButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <GuardedButton refusal={permitted ? null : text.notPermitted} onClick={() => setOpen(true)}>
        <PlusIcon aria-hidden="true" />
        {text.create}
      </GuardedButton>
      {open ? <CreateUserDialog {...dialog} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
