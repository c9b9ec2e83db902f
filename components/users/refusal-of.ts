import type { UserAct, UsersViewer } from "@/components/users/user-actions";
import { messages } from "@/lib/ui/messages";

const text = messages.users.act;

const permissionOf: Record<UserAct, string> = {
  "end-sessions": "sessions.revoke",
  lock: "users.lock",
  unlock: "users.lock",
  rename: "users.update",
  impersonate: "users.impersonate",
  remove: "users.delete",
};

// What nobody can do to the account by which they came.
const ownBranch: readonly UserAct[] = ["lock", "impersonate", "remove"];

/** Why the viewer's buttons for an act are off, or null. Ranks are not known here: the server may still refuse. */
export function refusalOf(act: UserAct, viewer: UsersViewer, userId: string): string | null {
  if (!viewer.permissions.includes(permissionOf[act])) return text.notPermitted;
  const cutsOwnBranch = ownBranch.includes(act) && viewer.id === userId;
  return cutsOwnBranch ? text.notYourself : null;
}
