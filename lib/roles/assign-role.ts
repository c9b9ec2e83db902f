import { z } from "zod";
import { assertGrantable } from "@/lib/authorization/assert-grantable";
import { assertManageable } from "@/lib/authorization/assert-manageable";
import { holdGrants } from "@/lib/authorization/hold-grants";
import { isSelf } from "@/lib/authorization/is-self";
import { AppError } from "@/lib/errors/app-error";
import { defineCommand } from "@/lib/operations/define-operation";
import { replaceGrantsAround } from "@/lib/sessions/replace-grants-around";
import { insertAssignment } from "./assignments-repository";
import { readAssignee } from "./read-assignee";
import { readRole } from "./read-role";
import { roleAssignmentInput } from "./schemas";
import { scopeTenantId } from "./scope-tenant-id";

/** Gives a role of the scope to somebody else: one below the caller's own, with no permission beyond them. */
export const assignRole = defineCommand({
  name: "assignRole",
  summary: "Give a role to a user",
  scope: "either",
  permission: "roles.assign",
  readPermission: "users.read",
  audit: "role.assign",
  stepUp: true,
  input: roleAssignmentInput,
  output: z.null(),
  run: async (tools, { userId, roleId }) => {
    const { tx } = tools;
    const user = await readAssignee(tools, userId);
    const ctx = await holdGrants(tools, "roles.assign");
    const role = await readRole(tools, roleId);
    if (isSelf(ctx, user.id))
      throw new AppError("FORBIDDEN", "You cannot give yourself a role. Ask another administrator.");
    await assertManageable({ ctx, tx }, user.id);
    assertGrantable(ctx, role);
    const tenantId = scopeTenantId(ctx);
    if (tenantId !== null && user.membershipId === null) throw notMember();
    const place = { userId: user.id, tenantId, membershipId: user.membershipId };
    if (!(await insertAssignment(tx, place, role.id))) return { result: null, event: null };
    replaceGrantsAround(tools);
    return {
      result: null,
      event: { target: { type: "user", id: user.id, name: user.email }, details: { roleId: role.id, role: role.key } },
    };
  },
});

function notMember(): AppError {
  return new AppError("CONFLICT", "This person is at home here but not a member. Invite them first.");
}
