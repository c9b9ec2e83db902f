import { AppError } from "@/lib/errors/app-error";
import { defineCommand } from "@/lib/operations/define-operation";
import { closeTenant, toTenantChanges } from "./close-tenant";
import { lockTenantRow, readTenantDetail } from "./read-tenant";
import { closedTenant, suspendTenantInput } from "./schemas";

/** Suspends a tenant: its sessions end at once, nobody gets in, and its members are told the reason. */
export const suspendTenant = defineCommand({
  name: "suspendTenant",
  summary: "Suspend a tenant and end the sessions in it",
  scope: "platform",
  permission: "tenants.suspend",
  readPermission: "tenants.read",
  audit: "tenant.suspend",
  stepUp: true,
  input: suspendTenantInput,
  output: closedTenant,
  run: async (tools, { tenantSlug, reason }) => {
    const before = await lockTenantRow(tools, tenantSlug);
    if (before.suspendedAt !== null) throw new AppError("CONFLICT", "This tenant is suspended already.");
    const changes = { suspendedAt: new Date(), suspendedReason: reason };
    const { receiptId } = await closeTenant(tools, before, { note: reason, changes });
    return {
      result: { ...(await readTenantDetail(tools, before.slug)), receiptId },
      event: {
        target: { type: "tenant", id: before.id, name: before.slug },
        tenantId: before.id,
        reason,
        changes: toTenantChanges(before, changes),
        details: { receiptId },
      },
    };
  },
});
