import type { UserActions } from "@/components/users/user-actions";
import {
  createUserAction,
  deleteUserAction,
  getUserAction,
  lockUserAction,
  revokeUserSessionsAction,
  unlockUserAction,
  updateUserAction,
} from "./actions";

/** The acts on users, as the users pages hand them to their components. */
export const userActions: UserActions = {
  read: getUserAction,
  create: createUserAction,
  rename: updateUserAction,
  lock: lockUserAction,
  unlock: unlockUserAction,
  remove: deleteUserAction,
  endSessions: revokeUserSessionsAction,
};
