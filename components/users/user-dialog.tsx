"use client";

import { ImpersonateDialog } from "@/components/impersonation/impersonate-dialog";
import { EndUserSessionsDialog } from "@/components/sessions/end-user-sessions-dialog";
import { DeleteUserDialog } from "@/components/users/delete-user-dialog";
import { LockUserDialog } from "@/components/users/lock-user-dialog";
import { RenameUserDialog } from "@/components/users/rename-user-dialog";
import { UnlockDialog } from "@/components/users/unlock-dialog";
import type { UserAct, UserActions, UsersViewer } from "@/components/users/user-actions";
import { messages } from "@/lib/ui/messages";
import type { User } from "@/lib/users/schemas";

/** Properties of the dialog of the act that was asked for; `asked` is null while none is. */
export type UserDialogProps = {
  asked: { act: UserAct; user: User } | null;
  viewer: UsersViewer;
  actions: UserActions;
  onClose: () => void;
};

/** The dialog of whichever act on a user was asked for. Mounted anew for each, so that nothing is left over. */
export function UserDialog({ asked, viewer, actions, onClose }: UserDialogProps) {
  if (asked === null) return null;
  const { act, user } = asked;
  const common = { user, onClose };
  switch (act) {
    case "end-sessions":
      return (
        <EndUserSessionsDialog
          {...common}
          own={viewer.id === user.id}
          read={actions.read}
          perform={actions.endSessions}
        />
      );
    case "lock":
      return <LockUserDialog {...common} read={actions.read} perform={actions.lock} />;
    case "unlock":
      return <UnlockDialog {...common} text={messages.users.unlock} perform={actions.unlock} />;
    case "rename":
      return <RenameUserDialog {...common} perform={actions.rename} />;
    case "impersonate":
      return <ImpersonateDialog {...common} perform={actions.impersonate} />;
    case "remove":
      return <DeleteUserDialog {...common} read={actions.read} perform={actions.remove} />;
  }
}
