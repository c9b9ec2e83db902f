import { z } from "zod";
import { holdGrants } from "@/lib/authorization/hold-grants";
import { AppError } from "@/lib/errors/app-error";
import { assertFreshProof } from "@/lib/operations/assert-allowed";
import { defineCommand } from "@/lib/operations/define-operation";
import { replaceGrantsAround } from "@/lib/sessions/replace-grants-around";
import { assertWritable } from "./assert-writable";
import { findSomeHolders } from "./holders-repository";
import { readRole } from "./read-role";
import { replaceRole } from "./replace-role";
import { type RoleRow, remove } from "./repository";
import { deleteRoleInput } from "./schemas";
import { scopeTenantId } from "./scope-tenant-id";

/** Deletes a custom role. While somebody holds it, only together with the role that they get in its place. */
export const deleteRole = defineCommand({
  name: "deleteRole",
  summary: "Delete a role",
  scope: "either",
  permission: "roles.delete",
  readPermission: "roles.read",
  audit: "role.delete",
  input: deleteRoleInput,
  output: z.null(),
  run: async (tools, { roleId, replacement }) => {
    // A replacement gives people a role, which takes a fresh proof; deleting alone does not.
    if (replacement !== undefined) await assertFreshProof(tools.ctx);
    const ctx = await holdGrants(tools, "roles.delete");
    const before = await readRole(tools, roleId);
    assertWritable(ctx, before);
    const replacedBy = replacement === undefined ? null : await replaceRole({ ctx, tx: tools.tx }, before, replacement);
    if (replacedBy === null && before.holders > 0) throw await stillHeld(tools, before);
    await remove(tools.tx, before.id);
    replaceGrantsAround(tools);
    return {
      result: null,
      event: {
        target: { type: "role", id: before.id, name: before.name },
        changes: { name: { before: before.name, after: null }, rank: { before: before.rank, after: null } },
        details: { key: before.key, replacedBy, holders: before.holders },
      },
    };
  },
});

/** Holders that a refusal names. */
const namedMax = 5;

async function stillHeld({ ctx, tx }: Parameters<typeof readRole>[0], role: RoleRow): Promise<AppError> {
  const holders = await findSomeHolders(tx, { roleId: role.id, tenantId: scopeTenantId(ctx) }, namedMax);
  const names = holders.map(({ email }) => email).join(", ");
  const rest = role.holders > holders.length ? " and others" : "";
  const people = role.holders === 1 ? "1 person holds" : `${count(role.holders)} people hold`;
  return new AppError(
    "CONFLICT",
    `${people} this role: ${names}${rest}. Take it from them first, or name a replacement.`,
  );
}

function count(holders: number): string {
  return holders > 1000 ? "More than 1,000" : String(holders);
}
