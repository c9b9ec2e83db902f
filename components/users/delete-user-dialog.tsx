"use client";

import { usePathname, useRouter } from "next/navigation";

import { DestructiveDialog } from "@/components/feedback/destructive-dialog";
import { useScopePath } from "@/components/scope/scope-provider";
import { type ReadLiveSessions, sessionsSentence, useLiveSessions } from "@/components/sessions/use-live-sessions";
import type { UserActions } from "@/components/users/user-actions";
import { messages } from "@/lib/ui/messages";
import type { User } from "@/lib/users/schemas";

const text = messages.users;

/** Properties of the dialog that deletes a user. */
export type DeleteUserDialogProps = {
  user: User;
  read: ReadLiveSessions;
  perform: UserActions["remove"];
  onClose: () => void;
};

/** Deletes a person's account for good; the address must be typed, because nothing brings it back. */
export function DeleteUserDialog({ user, read, perform, onClose }: DeleteUserDialogProps) {
  const router = useRouter();
  const path = usePathname();
  const pathOf = useScopePath();
  const live = useLiveSessions(user.id, read);
  const name = user.name || user.email;
  return (
    <DestructiveDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      act={text.remove.act}
      noun={text.noun}
      count={1}
      subject={name}
      affected={{ names: name === user.email ? [name] : [name, user.email] }}
      consequence={text.remove.consequence(sessionsSentence(live))}
      confirmation={{ phrase: user.email }}
      perform={({ reason }) => perform({ userId: user.id, reason })}
      toReport={() => ({
        title: text.remove.done(name),
        link: { href: `/audit?target=${user.id}`, label: messages.audit.title },
      })}
      onDone={() => (path.includes(user.id) ? router.push(pathOf("/users")) : undefined)}
    />
  );
}
