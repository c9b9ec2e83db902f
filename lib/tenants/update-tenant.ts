import { defineCommand, type OperationTools } from "@/lib/operations/define-operation";
import { fenceAllSessions } from "@/lib/sessions/fence-all-sessions";
import { replaceGrantsAround } from "@/lib/sessions/replace-grants-around";
import { toTenantChanges } from "./close-tenant";
import { slugTaken } from "./create-tenant";
import { lockTenantRow, readTenantDetail } from "./read-tenant";
import { findBySlug, type TenantChanges, type TenantRow, update } from "./repository";
import { tenantDetail, updateTenantInput } from "./schemas";

/** Changes a tenant's name or slug. Addresses with the old slug stop working. */
export const updateTenant = defineCommand({
  name: "updateTenant",
  summary: "Rename a tenant",
  scope: "platform",
  permission: "tenants.update",
  readPermission: "tenants.read",
  audit: "tenant.update",
  input: updateTenantInput,
  output: tenantDetail,
  run: async (tools, { tenantSlug, name, slug }) => {
    const before = await lockTenantRow(tools, tenantSlug);
    const changes = changed(before, { name, slug });
    if (Object.keys(changes).length === 0) return { result: await readTenantDetail(tools, before.slug), event: null };
    if (changes.slug !== undefined) await moveSlug(tools, changes.slug);
    await update(tools.tx, before.id, changes);
    return {
      result: await readTenantDetail(tools, changes.slug ?? before.slug),
      event: {
        target: { type: "tenant", id: before.id, name: before.slug },
        tenantId: before.id,
        changes: toTenantChanges(before, changes),
      },
    };
  },
});

// Somebody else may take the old slug at once: no instance may still take it for this tenant, and no cached session may
// name it to another service.
async function moveSlug<Result>(tools: OperationTools<Result>, slug: string): Promise<void> {
  if (await findBySlug(tools.tx, slug)) throw slugTaken();
  fenceAllSessions(tools);
  replaceGrantsAround(tools);
}

function changed(before: TenantRow, wanted: { name?: string; slug?: string }): Pick<TenantChanges, "name" | "slug"> {
  return {
    ...(wanted.name !== undefined && wanted.name !== before.name ? { name: wanted.name } : {}),
    ...(wanted.slug !== undefined && wanted.slug !== before.slug ? { slug: wanted.slug } : {}),
  };
}
