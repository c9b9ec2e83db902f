import { z } from "zod";
import { assertManageable } from "@/lib/authorization/assert-manageable";
import { defineCommand } from "@/lib/operations/define-operation";
import { endUserSessions } from "@/lib/sessions/end-user-sessions";
import { replaceGrantsAround } from "@/lib/sessions/replace-grants-around";
import { assertNotLastOwner } from "./assert-not-last-owner";
import { assertNotSelf } from "./assert-not-self";
import { lockUserRow } from "./read-user";
import { remove } from "./repository";
import { deleteUserInput } from "./schemas";

/** Deletes a user and ends every session of theirs. The history of the sessions and the audit log stay. */
export const deleteUser = defineCommand({
  name: "deleteUser",
  summary: "Delete a user",
  scope: "either",
  permission: "users.delete",
  readPermission: "users.read",
  audit: "user.delete",
  stepUp: true,
  input: deleteUserInput,
  output: z.null(),
  run: async (tools, { userId, reason }) => {
    const before = await lockUserRow(tools, userId);
    assertNotSelf(tools.ctx, before.id, "delete");
    await assertManageable(tools, before.id);
    await assertNotLastOwner(tools, before.id);
    const ended = await endUserSessions(tools, { userId: before.id, reason: "deletion", note: reason });
    await remove(tools.tx, before.id);
    replaceGrantsAround(tools);
    return {
      result: null,
      event: {
        target: { type: "user", id: before.id, name: before.email },
        reason,
        changes: { email: { before: before.email, after: null }, name: { before: before.name, after: null } },
        details: { email: before.email, receiptId: ended.receiptId },
      },
    };
  },
});
