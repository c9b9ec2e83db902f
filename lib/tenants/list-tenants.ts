import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import { defineQuery } from "@/lib/operations/define-operation";
import { pageOutput } from "@/lib/operations/list-input";
import { countMembers, findByIds } from "./repository";
import { listTenantsInput, tenant } from "./schemas";
import { findPage } from "./tenants-page-repository";
import { countMax, toTenant } from "./to-tenant";

const position = z.strictObject({ value: z.string(), id: z.uuid() });

/** One page of the tenants of the installation. */
export const listTenants = defineQuery({
  name: "listTenants",
  summary: "List and search tenants",
  scope: "platform",
  permission: "tenants.read",
  input: listTenantsInput,
  output: pageOutput(tenant),
  run: async ({ ctx, tx }, { limit, cursor, sort, status, search: text = "" }) => {
    const search = text.trim();
    const binding = { name: "listTenants", scope: ctx.scope, filters: { status, search }, sort };
    const after = cursor === undefined ? undefined : decodeCursor(binding, cursor, position);
    const found = await findPage(tx, { search, status, sort, after, limit: limit + 1 });
    const page = found.slice(0, limit);
    const ids = page.map(({ id }) => id);
    const rows = await findByIds(tx, ids);
    const members = await countMembers(tx, ids, countMax + 1);
    const last = found.length > limit ? page.at(-1) : undefined;
    return {
      data: rows.map((row) => toTenant(row, members.get(row.id) ?? 0)),
      nextCursor: last ? encodeCursor(binding, last) : null,
    };
  },
});
