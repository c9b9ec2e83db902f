"use client";

import { DestructiveDialog } from "@/components/feedback/destructive-dialog";
import type { MemberActions } from "@/components/members/member-actions";
import type { Member } from "@/lib/members/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.members;

/** Properties of the dialog. */
export type RemoveMemberDialogProps = { member: Member; perform: MemberActions["remove"]; onClose: () => void };

/** Removes somebody from the tenant; says what stays theirs. */
export function RemoveMemberDialog({ member, perform, onClose }: RemoveMemberDialogProps) {
  const name = member.name || member.email;
  return (
    <DestructiveDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      act={text.remove.act}
      noun={text.noun}
      count={1}
      subject={name}
      affected={{ names: name === member.email ? [name] : [name, member.email] }}
      untouched={member.guest ? text.remove.untouchedGuest : text.remove.untouchedHome}
      consequence={text.remove.consequence}
      perform={({ reason }) => perform({ userId: member.id, reason })}
      toReport={(receipt) => ({
        title: text.remove.done(name),
        link: { href: `/receipts/${receipt.id}`, label: messages.receipts.show },
      })}
    />
  );
}
