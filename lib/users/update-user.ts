import { assertManageable } from "@/lib/authorization/assert-manageable";
import { defineCommand } from "@/lib/operations/define-operation";
import { lockUserRow, readUserDetail } from "./read-user";
import { update } from "./repository";
import { updateUserInput, userDetail } from "./schemas";

/** Changes a user's name. */
export const updateUser = defineCommand({
  name: "updateUser",
  summary: "Change a user",
  scope: "either",
  permission: "users.update",
  readPermission: "users.read",
  audit: "user.update",
  input: updateUserInput,
  output: userDetail,
  run: async (tools, { userId, name }) => {
    const before = await lockUserRow(tools, userId);
    await assertManageable(tools, before.id);
    const result = () => readUserDetail(tools, before.id);
    if (name === undefined || name === before.name) return { result: await result(), event: null };
    await update(tools.tx, before.id, { name });
    return {
      result: await result(),
      event: {
        target: { type: "user", id: before.id, name: before.email },
        changes: { name: { before: before.name, after: name } },
      },
    };
  },
});
