import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import { AppError } from "@/lib/errors/app-error";
import { defineQuery } from "@/lib/operations/define-operation";
import { pageOutput } from "@/lib/operations/list-input";
import { findTenantsOf, type MyTenantRow } from "./repository";
import { listMyTenantsInput, type MyTenant, myTenant } from "./schemas";

const position = z.strictObject({ name: z.string(), id: z.uuid() });

/** The tenants to which the caller belongs, by name: where they may switch to, and why they may not. */
export const listMyTenants = defineQuery({
  name: "listMyTenants",
  summary: "List the tenants the caller belongs to",
  scope: "self",
  permission: null,
  input: listMyTenantsInput,
  output: pageOutput(myTenant),
  run: async ({ ctx, tx }, { limit, cursor }) => {
    if (ctx.actor.type !== "user") throw new AppError("FORBIDDEN", "Only somebody who is signed in has tenants.");
    const binding = { name: "listMyTenants", scope: ctx.scope, filters: { userId: ctx.actor.id }, sort: "name" };
    const after = cursor === undefined ? undefined : decodeCursor(binding, cursor, position);
    // Whoever acts as somebody within one tenant learns nothing of their others.
    const only = ctx.actor.impersonatedBy?.confinedTenantId ?? null;
    const rows = await findTenantsOf(tx, { userId: ctx.actor.id, only, after, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      data: page.map(toMyTenant),
      nextCursor: last ? encodeCursor(binding, { name: last.tenant.name, id: last.tenant.id }) : null,
    };
  },
});

function toMyTenant({ tenant, roles, user, createdAt }: MyTenantRow): MyTenant {
  const { id, slug, name, suspendedAt, suspendedReason } = tenant;
  return {
    tenant: { id, slug, name },
    roles: roles.map(({ role }) => role),
    home: user.homeTenantId === id,
    joinedAt: createdAt.toISOString(),
    suspension: suspendedAt && { since: suspendedAt.toISOString(), reason: suspendedReason },
  };
}
