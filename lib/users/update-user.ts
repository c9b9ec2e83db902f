import { assertManageable } from "@/lib/authorization/assert-manageable";
import { defineCommand } from "@/lib/operations/define-operation";
import { findNewHome } from "./find-new-home";
import { lockUserRow, readUserDetail } from "./read-user";
import { type UserChanges, type UserRow, update } from "./repository";
import { updateUserInput, userDetail } from "./schemas";

/** Changes a user's name and, for the platform, which tenant manages the account. Sessions go on. */
export const updateUser = defineCommand({
  name: "updateUser",
  summary: "Change a user",
  scope: "either",
  permission: "users.update",
  readPermission: "users.read",
  audit: "user.update",
  input: updateUserInput,
  output: userDetail,
  run: async (tools, { userId, name, homeTenant }) => {
    const before = await lockUserRow(tools, userId);
    await assertManageable(tools, before.id);
    const home = homeTenant === undefined ? undefined : await findNewHome(tools, before, homeTenant);
    const { values, changes } = difference(before, { name, home });
    if (Object.keys(changes).length === 0) return { result: await readUserDetail(tools, before.id), event: null };
    await update(tools.tx, before.id, values);
    return {
      result: await readUserDetail(tools, before.id),
      event: { target: { type: "user", id: before.id, name: before.email }, changes },
    };
  },
});

type Wanted = { name: string | undefined; home: { id: string; slug: string } | null | undefined };
type Changes = Record<string, { before: unknown; after: unknown }>;

function difference(before: UserRow, { name, home }: Wanted): { values: UserChanges; changes: Changes } {
  const values: UserChanges = {};
  const changes: Changes = {};
  if (name !== undefined && name !== before.name) {
    values.name = name;
    changes.name = { before: before.name, after: name };
  }
  if (home !== undefined && home?.id !== before.homeTenant?.id) {
    values.homeTenantId = home?.id ?? null;
    changes.homeTenant = { before: before.homeTenant?.slug ?? null, after: home?.slug ?? null };
  }
  return { values, changes };
}
