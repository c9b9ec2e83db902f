import { z } from "zod";
import { assertManageable } from "@/lib/authorization/assert-manageable";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { holdGrants } from "@/lib/authorization/hold-grants";
import { defineCommand } from "@/lib/operations/define-operation";
import { replaceGrantsAround } from "@/lib/sessions/replace-grants-around";
import { assertNotLastOwner } from "@/lib/users/assert-not-last-owner";
import { isHeld, removeAssignment } from "./assignments-repository";
import { readAssignee } from "./read-assignee";
import { readRole } from "./read-role";
import { roleAssignmentInput } from "./schemas";
import { scopeTenantId } from "./scope-tenant-id";

/** Takes a role of the scope from somebody who ranks below the caller, or from oneself; never from the last owner. */
export const unassignRole = defineCommand({
  name: "unassignRole",
  summary: "Take a role from a user",
  scope: "either",
  permission: "roles.assign",
  readPermission: "users.read",
  audit: "role.unassign",
  input: roleAssignmentInput,
  output: z.null(),
  run: async (tools, { userId, roleId }) => {
    const { tx } = tools;
    const user = await readAssignee(tools, userId);
    const ctx = await holdGrants(tools, "roles.assign");
    const role = await readRole(tools, roleId);
    await assertManageable({ ctx, tx }, user.id);
    const tenantId = scopeTenantId(ctx);
    const place = { userId: user.id, tenantId, membershipId: user.membershipId };
    if (!(await isHeld(tx, place, role.id))) return { result: null, event: null };
    if (role.id === builtInRoleId(tenantId === null ? "platform" : "tenant", "owner")) {
      await assertNotLastOwner(tools, user.id);
    }
    await removeAssignment(tx, place, role.id);
    replaceGrantsAround(tools);
    return {
      result: null,
      event: { target: { type: "user", id: user.id, name: user.email }, details: { roleId: role.id, role: role.key } },
    };
  },
});
