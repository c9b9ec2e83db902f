import { holdGrants } from "@/lib/authorization/hold-grants";
import { newId } from "@/lib/db/new-id";
import { defineCommand } from "@/lib/operations/define-operation";
import { replaceGrantsAround } from "@/lib/sessions/replace-grants-around";
import { assertFreeKey } from "./assert-free-key";
import { assertWithinAuthor } from "./assert-writable";
import { readRole } from "./read-role";
import { insert } from "./repository";
import { createRoleInput, role } from "./schemas";
import { scopeTenantId } from "./scope-tenant-id";
import { toRole } from "./to-role";

/** Makes a role of one's own: any of the author's permissions, with a rank below the author's. */
export const createRole = defineCommand({
  name: "createRole",
  summary: "Create a role",
  scope: "either",
  permission: "roles.create",
  readPermission: "roles.read",
  audit: "role.create",
  stepUp: true,
  input: createRoleInput,
  output: role,
  run: async (tools, wanted) => {
    const { tx } = tools;
    const ctx = await holdGrants(tools, "roles.create");
    assertWithinAuthor(ctx, wanted);
    await assertFreeKey(tools, wanted.key);
    const id = newId();
    await insert(tx, { id, tenantId: scopeTenantId(ctx), ...wanted });
    replaceGrantsAround(tools);
    return {
      result: toRole(ctx, await readRole(tools, id)),
      event: {
        target: { type: "role", id, name: wanted.name },
        changes: { name: { before: null, after: wanted.name }, rank: { before: null, after: wanted.rank } },
        details: { key: wanted.key, permissions: wanted.permissions },
      },
    };
  },
});
