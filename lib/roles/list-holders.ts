import { z } from "zod";
import { permissionsOf } from "@/lib/authorization/role-permissions";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import { defineQuery } from "@/lib/operations/define-operation";
import { pageOutput } from "@/lib/operations/list-input";
import { findHoldersPage, findRoles } from "./access-repository";
import { listHoldersInput, permissionHolder } from "./schemas";
import { scopeTenantId } from "./scope-tenant-id";

const position = z.strictObject({ position: z.uuid() });
const rolesMax = 1000;

/** One page of those who hold a permission through a role of the caller's scope. Platform roles count in tenants as well. */
export const listHolders = defineQuery({
  name: "listHolders",
  summary: "List who may do something",
  scope: "either",
  permission: "roles.read",
  input: listHoldersInput,
  output: pageOutput(permissionHolder),
  run: async ({ ctx, tx }, { permission, limit, cursor }) => {
    const binding = { name: "listHolders", scope: ctx.scope, filters: { permission }, sort: "id" };
    const after = cursor === undefined ? undefined : decodeCursor(binding, cursor, position).position;
    const tenantId = scopeTenantId(ctx);
    const giving = (await findRoles(tx, tenantId, rolesMax)).filter((role) => permissionsOf(role).includes(permission));
    const roleIds = giving.map(({ id }) => id);
    const rows = await findHoldersPage(tx, { tenantId, roleIds, after, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      data: page.map(({ id, name, email, locked, roleIds: held }) => ({
        user: { id, name, email },
        locked,
        roles: giving.filter((role) => held.includes(role.id)),
      })),
      nextCursor: last ? encodeCursor(binding, { position: last.position }) : null,
    };
  },
});
