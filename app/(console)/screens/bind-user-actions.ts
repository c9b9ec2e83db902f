import type { UserActions } from "@/components/users/user-actions";
import { startImpersonationAction } from "../actions/impersonation-actions";
import {
  createUserAction,
  deleteUserAction,
  getUserAction,
  lockUserAction,
  revokeUserSessionsAction,
  unlockSignInAction,
  unlockUserAction,
  updateUserAction,
} from "../actions/user-actions";

/** The acts on users in one scope, as the users screens hand them to their components. */
export const bindUserActions = (tenantSlug: string | null): UserActions => ({
  read: getUserAction.bind(null, tenantSlug),
  create: createUserAction.bind(null, tenantSlug),
  rename: updateUserAction.bind(null, tenantSlug),
  lock: lockUserAction.bind(null, tenantSlug),
  unlock: unlockUserAction.bind(null, tenantSlug),
  unlockSignIn: unlockSignInAction.bind(null, tenantSlug),
  remove: deleteUserAction.bind(null, tenantSlug),
  impersonate: startImpersonationAction.bind(null, tenantSlug),
  endSessions: revokeUserSessionsAction.bind(null, tenantSlug),
});
