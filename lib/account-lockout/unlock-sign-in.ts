import { assertManageable } from "@/lib/authorization/assert-manageable";
import { defineCommand } from "@/lib/operations/define-operation";
import { clearSignInCounters } from "@/lib/rate-limits/clear-sign-in-counters";
import { lockUserRow, readUserDetail } from "@/lib/users/read-user";
import { userDetail } from "@/lib/users/schemas";
import { forgetFailures } from "./forget-failures";
import { unlockSignInInput } from "./schemas";
import { unlockEvent } from "./unlock-event";

/** Forgets somebody's failed sign-ins, and with them the lock that they made. A lock that an administrator set stays. */
export const unlockSignIn = defineCommand({
  name: "unlockSignIn",
  summary: "Forget failed sign-ins and lift their lock",
  scope: "either",
  permission: "users.lock",
  readPermission: "users.read",
  audit: "sign-in.unlock",
  input: unlockSignInInput,
  output: userDetail,
  run: async (tools, { userId, reason }) => {
    const { id, email } = await lockUserRow(tools, userId);
    await assertManageable(tools, id);
    const forgotten = await forgetFailures(tools.tx, email);
    // Also where nothing is remembered: the limiter's own counters may refuse all the same.
    tools.afterCommit(async (result) => {
      await clearSignInCounters(email);
      return result;
    });
    const target = { type: "user", id, name: email };
    return {
      result: await readUserDetail(tools, id),
      event: forgotten && { target, reason, ...unlockEvent(forgotten, "administrator") },
    };
  },
});
