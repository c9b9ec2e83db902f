import { assertManageable } from "@/lib/authorization/assert-manageable";
import { AppError } from "@/lib/errors/app-error";
import { defineCommand } from "@/lib/operations/define-operation";
import { endUserSessions } from "@/lib/sessions/end-user-sessions";
import { replaceGrantsAround } from "@/lib/sessions/replace-grants-around";
import { assertNotLastOwner } from "./assert-not-last-owner";
import { assertNotSelf } from "./assert-not-self";
import { lockUserRow, readUserDetail } from "./read-user";
import { type UserRow, update } from "./repository";
import { lockUserInput, userDetail } from "./schemas";

/** Locks a user out, until a time or until unlocked, and ends every session of theirs. */
export const lockUser = defineCommand({
  name: "lockUser",
  summary: "Lock a user and end all their sessions",
  scope: "either",
  permission: "users.lock",
  readPermission: "users.read",
  audit: "user.lock",
  input: lockUserInput,
  output: userDetail,
  run: async (tools, { userId, reason, until = null }) => {
    if (until !== null && Date.parse(until) <= Date.now()) throw past();
    const before = await lockUserRow(tools, userId);
    assertNotSelf(tools.ctx, before.id, "lock");
    await assertManageable(tools, before.id);
    await assertNotLastOwner(tools, before.id);
    const lockedAt = new Date();
    const lockedUntil = until === null ? null : new Date(until);
    // First the sessions, while they still count as alive: a lock by itself makes them dead.
    const ended = await endUserSessions(tools, { userId: before.id, reason: "lock", note: reason });
    await update(tools.tx, before.id, { lockedAt, lockedUntil, lockedReason: reason });
    replaceGrantsAround(tools);
    return {
      result: await readUserDetail(tools, before.id),
      event: {
        target: { type: "user", id: before.id, name: before.email },
        reason,
        changes: toChanges(before, { lockedAt, lockedUntil, lockedReason: reason }),
        details: { until, receiptId: ended.receiptId },
      },
    };
  },
});

type Lock = Pick<UserRow, "lockedAt" | "lockedUntil" | "lockedReason">;

function toChanges(before: Lock, after: Lock) {
  return {
    lockedAt: { before: before.lockedAt, after: after.lockedAt },
    lockedUntil: { before: before.lockedUntil, after: after.lockedUntil },
    lockedReason: { before: before.lockedReason, after: after.lockedReason },
  };
}

function past(): AppError {
  return new AppError("INVALID_INPUT", "Some fields are not acceptable. Correct them and try again.", {
    errors: [{ path: "until", message: "Must be in the future." }],
  });
}
