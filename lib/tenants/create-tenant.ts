import { newId } from "@/lib/db/new-id";
import { AppError } from "@/lib/errors/app-error";
import { defineCommand } from "@/lib/operations/define-operation";
import { readTenantDetail } from "./read-tenant";
import { findBySlug, insert } from "./repository";
import { createTenantInput, tenantDetail } from "./schemas";

/** Creates a tenant without members: its first owner comes by an invitation. */
export const createTenant = defineCommand({
  name: "createTenant",
  summary: "Create a tenant",
  scope: "platform",
  permission: "tenants.create",
  readPermission: "tenants.read",
  audit: "tenant.create",
  input: createTenantInput,
  output: tenantDetail,
  run: async (tools, { slug, name }) => {
    if (await findBySlug(tools.tx, slug)) throw slugTaken();
    const id = newId();
    await insert(tools.tx, { id, slug, name });
    return {
      result: await readTenantDetail(tools, slug),
      event: {
        target: { type: "tenant", id, name: slug },
        tenantId: id,
        changes: { slug: { before: null, after: slug }, name: { before: null, after: name } },
        details: { slug },
      },
    };
  },
});

/** The refusal of a slug that another tenant has. */
export function slugTaken(): AppError {
  return new AppError("CONFLICT", "Another tenant has this slug. Choose a different one.", {
    errors: [{ path: "slug", message: "Already in use." }],
  });
}
