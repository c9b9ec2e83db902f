import { AppError } from "@/lib/errors/app-error";
import { defineCommand } from "@/lib/operations/define-operation";
import { replaceGrantsAround } from "@/lib/sessions/replace-grants-around";
import { toTenantChanges } from "./close-tenant";
import { lockTenantRow, readTenantDetail } from "./read-tenant";
import { update } from "./repository";
import { resumeTenantInput, tenantDetail } from "./schemas";

/** Lets a suspended tenant work again. Sessions that the suspension ended stay ended. */
export const resumeTenant = defineCommand({
  name: "resumeTenant",
  summary: "Resume a suspended tenant",
  scope: "platform",
  permission: "tenants.suspend",
  readPermission: "tenants.read",
  audit: "tenant.resume",
  input: resumeTenantInput,
  output: tenantDetail,
  run: async (tools, { tenantSlug, reason }) => {
    const before = await lockTenantRow(tools, tenantSlug);
    if (before.deletesAt !== null) throw new AppError("CONFLICT", "This tenant is to be deleted. Restore it first.");
    if (before.suspendedAt === null) throw new AppError("CONFLICT", "This tenant is not suspended.");
    const changes = { suspendedAt: null, suspendedReason: null };
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
