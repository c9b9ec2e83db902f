import { holdGrants } from "@/lib/authorization/hold-grants";
import { permissionsOf } from "@/lib/authorization/role-permissions";
import { defineCommand } from "@/lib/operations/define-operation";
import { replaceGrantsAround } from "@/lib/sessions/replace-grants-around";
import { assertFreeKey } from "./assert-free-key";
import { assertWithinAuthor, assertWritable } from "./assert-writable";
import { readRole } from "./read-role";
import { type RoleChanges, type RoleRow, update } from "./repository";
import { role, updateRoleInput } from "./schemas";
import { toRole } from "./to-role";

/** Changes a custom role for everybody who holds it, from their next request on. */
export const updateRole = defineCommand({
  name: "updateRole",
  summary: "Change a role",
  scope: "either",
  permission: "roles.update",
  readPermission: "roles.read",
  audit: "role.update",
  stepUp: true,
  input: updateRoleInput,
  output: role,
  run: async (tools, { roleId, ...wanted }) => {
    const ctx = await holdGrants(tools, "roles.update");
    const before = await readRole(tools, roleId);
    assertWritable(ctx, before);
    const changes = onlyChanges(before, wanted);
    if (Object.keys(changes).length === 0) return { result: toRole(ctx, before), event: null };
    if (changes.rank !== undefined || changes.permissions !== undefined) {
      const permissions = wanted.permissions ?? permissionsOf(before);
      assertWithinAuthor(ctx, { rank: wanted.rank ?? before.rank, permissions });
    }
    if (changes.key !== undefined) await assertFreeKey(tools, changes.key);
    await update(tools.tx, before.id, changes);
    replaceGrantsAround(tools);
    return {
      result: toRole(ctx, await readRole(tools, before.id)),
      event: {
        target: { type: "role", id: before.id, name: changes.name ?? before.name },
        changes: toAuditChanges(before, changes),
        details: { key: changes.key ?? before.key },
      },
    };
  },
});

function onlyChanges(before: RoleRow, wanted: RoleChanges): RoleChanges {
  const held = permissionsOf(before);
  const samePermissions =
    wanted.permissions?.length === held.length && wanted.permissions.every((name, index) => name === held[index]);
  return {
    ...(wanted.key !== undefined && wanted.key !== before.key ? { key: wanted.key } : {}),
    ...(wanted.name !== undefined && wanted.name !== before.name ? { name: wanted.name } : {}),
    ...(wanted.rank !== undefined && wanted.rank !== before.rank ? { rank: wanted.rank } : {}),
    ...(wanted.permissions !== undefined && !samePermissions ? { permissions: wanted.permissions } : {}),
  };
}

function toAuditChanges(before: RoleRow, changes: RoleChanges) {
  const values = { key: before.key, name: before.name, rank: before.rank, permissions: permissionsOf(before) };
  return Object.fromEntries(
    (["key", "name", "rank", "permissions"] as const)
      .filter((field) => changes[field] !== undefined)
      .map((field) => [field, { before: values[field], after: changes[field] }]),
  );
}
