import { AppError } from "@/lib/errors/app-error";
import { defineCommand } from "@/lib/operations/define-operation";
import { closeTenant, toTenantChanges } from "./close-tenant";
import { lockTenantRow, readTenantDetail } from "./read-tenant";
import { closedTenant, deleteTenantInput } from "./schemas";

/** Days for which a deleted tenant can be restored. */
const graceDays = 30;

/**
 * Deletes a tenant after a grace period of 30 days, in which it is suspended and can be restored. A scheduled job then
 * removes it: accounts at home in it go to the platform, memberships, roles and keys go, the audit log stays.
 */
export const deleteTenant = defineCommand({
  name: "deleteTenant",
  summary: "Delete a tenant after a grace period",
  scope: "platform",
  permission: "tenants.delete",
  readPermission: "tenants.read",
  audit: "tenant.delete",
  stepUp: true,
  input: deleteTenantInput,
  output: closedTenant,
  run: async (tools, { tenantSlug, reason = null }) => {
    const before = await lockTenantRow(tools, tenantSlug);
    if (before.deletesAt !== null) throw new AppError("CONFLICT", "This tenant is to be deleted already.");
    const deletionRequestedAt = new Date();
    const deletesAt = new Date(deletionRequestedAt.getTime() + graceDays * 86_400_000);
    const changes = {
      suspendedAt: before.suspendedAt ?? deletionRequestedAt,
      suspendedReason: reason ?? before.suspendedReason,
      deletionRequestedAt,
      deletesAt,
    };
    const { receiptId } = await closeTenant(tools, before, { note: reason, changes });
    return {
      result: { ...(await readTenantDetail(tools, before.slug)), receiptId },
      event: {
        target: { type: "tenant", id: before.id, name: before.slug },
        tenantId: before.id,
        reason,
        changes: toTenantChanges(before, changes),
        details: { slug: before.slug, deletesAt: deletesAt.toISOString() },
      },
    };
  },
});
