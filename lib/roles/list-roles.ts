import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import { defineQuery } from "@/lib/operations/define-operation";
import { pageOutput } from "@/lib/operations/list-input";
import { findPage, type RoleRow } from "./repository";
import { listRolesInput, type RoleSort, role } from "./schemas";
import { scopeTenantId } from "./scope-tenant-id";
import { toRole } from "./to-role";

const position = z.strictObject({ value: z.string(), id: z.uuid() });

/** One page of the roles that can be held in the caller's scope, built-in and custom. */
export const listRoles = defineQuery({
  name: "listRoles",
  summary: "List roles",
  scope: "either",
  permission: "roles.read",
  input: listRolesInput,
  output: pageOutput(role),
  run: async ({ ctx, tx }, { search: text = "", sort, limit, cursor }) => {
    const search = text.trim().toLowerCase();
    const binding = { name: "listRoles", scope: ctx.scope, filters: { search }, sort };
    const after = cursor === undefined ? undefined : decodeCursor(binding, cursor, position);
    const rows = await findPage(tx, { tenantId: scopeTenantId(ctx), search, sort, after, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      data: page.map((row) => toRole(ctx, row)),
      nextCursor: last ? encodeCursor(binding, { value: sortValue(last, sort), id: last.id }) : null,
    };
  },
});

function sortValue(row: RoleRow, sort: RoleSort): string {
  return sort === "rank" || sort === "-rank" ? String(row.rank) : row.name;
}
