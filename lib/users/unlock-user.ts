import { assertManageable } from "@/lib/authorization/assert-manageable";
import { defineCommand } from "@/lib/operations/define-operation";
import { replaceGrantsAround } from "@/lib/sessions/replace-grants-around";
import { lockUserRow, readUserDetail } from "./read-user";
import { update } from "./repository";
import { unlockUserInput, userDetail } from "./schemas";

/** Lets a locked user sign in again. Sessions that the lock ended stay ended. */
export const unlockUser = defineCommand({
  name: "unlockUser",
  summary: "Unlock a user",
  scope: "either",
  permission: "users.lock",
  readPermission: "users.read",
  audit: "user.unlock",
  input: unlockUserInput,
  output: userDetail,
  run: async (tools, { userId, reason }) => {
    const before = await lockUserRow(tools, userId);
    await assertManageable(tools, before.id);
    if (before.lockedAt === null) return { result: await readUserDetail(tools, before.id), event: null };
    await update(tools.tx, before.id, { lockedAt: null, lockedUntil: null, lockedReason: null });
    replaceGrantsAround(tools);
    return {
      result: await readUserDetail(tools, before.id),
      event: {
        target: { type: "user", id: before.id, name: before.email },
        reason,
        changes: {
          lockedAt: { before: before.lockedAt, after: null },
          lockedUntil: { before: before.lockedUntil, after: null },
          lockedReason: { before: before.lockedReason, after: null },
        },
      },
    };
  },
});
