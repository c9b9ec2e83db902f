"use client";

import { DestructiveDialog } from "@/components/feedback/destructive-dialog";
import { type ReadLiveSessions, sessionsSentence, useLiveSessions } from "@/components/sessions/use-live-sessions";
import type { UserActions } from "@/components/users/user-actions";
import { messages } from "@/lib/ui/messages";
import type { User } from "@/lib/users/schemas";

const text = messages.users;

/** Properties of the dialog that locks a user. */
export type LockUserDialogProps = {
  user: User;
  read: ReadLiveSessions;
  perform: UserActions["lock"];
  onClose: () => void;
};

/** Locks a person out: ends their sessions and refuses the sign-in until somebody unlocks. */
export function LockUserDialog({ user, read, perform, onClose }: LockUserDialogProps) {
  const live = useLiveSessions(user.id, read);
  const name = user.name || user.email;
  return (
    <DestructiveDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      act={text.lock.act}
      noun={text.noun}
      count={1}
      subject={name}
      affected={{ label: text.lock.affected, names: name === user.email ? [name] : [name, user.email] }}
      untouched={text.lock.untouched}
      consequence={text.lock.consequence(sessionsSentence(live))}
      perform={({ reason }) => perform({ userId: user.id, reason })}
      toReport={() => ({
        title: text.lock.done(name),
        description: text.lock.sessions,
        link: { href: `/audit?target=${user.id}`, label: messages.audit.title },
      })}
    />
  );
}
