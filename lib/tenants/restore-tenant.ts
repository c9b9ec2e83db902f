import { AppError } from "@/lib/errors/app-error";
import { defineCommand } from "@/lib/operations/define-operation";
import { replaceGrantsAround } from "@/lib/sessions/replace-grants-around";
import { toTenantChanges } from "./close-tenant";
import { lockTenantRow, readTenantDetail } from "./read-tenant";
import { type TenantChanges, type TenantRow, update } from "./repository";
import { resumeTenantInput, tenantDetail } from "./schemas";

/** Takes back the deletion of a tenant. One that had been suspended before stays suspended. */
export const restoreTenant = defineCommand({
  name: "restoreTenant",
  summary: "Restore a tenant that is to be deleted",
  scope: "platform",
  permission: "tenants.delete",
  readPermission: "tenants.read",
  audit: "tenant.restore",
  input: resumeTenantInput,
  output: tenantDetail,
  run: async (tools, { tenantSlug, reason }) => {
    const before = await lockTenantRow(tools, tenantSlug);
    if (before.deletesAt === null) throw new AppError("CONFLICT", "This tenant is not to be deleted.");
    if (before.deletesAt <= new Date()) throw new AppError("CONFLICT", "This tenant is being removed already.");
    const changes = toRestored(before);
    await update(tools.tx, before.id, changes);
    replaceGrantsAround(tools);
    return {
      result: await readTenantDetail(tools, before.slug),
      event: {
        target: { type: "tenant", id: before.id, name: before.slug },
        tenantId: before.id,
        reason,
        changes: toTenantChanges(before, changes),
      },
    };
  },
});

function toRestored({ suspendedAt, deletionRequestedAt }: TenantRow): TenantChanges {
  const kept = { deletionRequestedAt: null, deletesAt: null };
  const wasSuspended = suspendedAt !== null && deletionRequestedAt !== null && suspendedAt < deletionRequestedAt;
  return wasSuspended ? kept : { ...kept, suspendedAt: null, suspendedReason: null };
}
