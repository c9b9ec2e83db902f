import type { StartImpersonation } from "@/components/impersonation/impersonate-dialog";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import type { ActionResult } from "@/lib/ui/action-result";
import type { CreatedUser, User, UserDetail } from "@/lib/users/schemas";

/** The server actions that the users pages hand to their dialogs. */
export type UserActions = {
  read: (input: { userId: string }) => Promise<ActionResult<UserDetail>>;
  create: (input: {
    email: string;
    name: string;
    password?: string;
    roles: string[];
  }) => Promise<ActionResult<CreatedUser>>;
  rename: (input: { userId: string; name: string }) => Promise<ActionResult<User>>;
  lock: (input: { userId: string; reason: string }) => Promise<ActionResult<User>>;
  unlock: (input: { userId: string; reason: string }) => Promise<ActionResult<User>>;
  unlockSignIn: (input: { userId: string; reason: string }) => Promise<ActionResult<User>>;
  remove: (input: { userId: string; reason: string }) => Promise<ActionResult<unknown>>;
  impersonate: StartImpersonation;
  endSessions: (input: { userId: string; reason: string }) => Promise<ActionResult<Receipt>>;
};

/** Who looks, and what they hold: to show what they can do. */
export type UsersViewer = { id: string; permissions: readonly string[] };

/** A role that can be filtered by or given. */
export type RoleChoice = { id: string; name: string };

/** The acts on one user that ask first. */
export type UserAct = "end-sessions" | "lock" | "unlock" | "rename" | "impersonate" | "remove";
