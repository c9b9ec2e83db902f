import type { Tenant, TenantDetail } from "@/lib/tenants/schemas";
import type { ActionResult } from "@/lib/ui/action-result";

type Named = { tenantSlug: string };

/** A tenant whose sessions have just been ended. */
export type ClosedTenant = TenantDetail & { receiptId: string };

/** The server actions that the tenants pages hand to their dialogs. */
export type TenantActions = {
  create: (input: { name: string; slug: string }) => Promise<ActionResult<TenantDetail>>;
  update: (input: Named & { name?: string; slug?: string }) => Promise<ActionResult<TenantDetail>>;
  suspend: (input: Named & { reason: string }) => Promise<ActionResult<ClosedTenant>>;
  resume: (input: Named & { reason?: string }) => Promise<ActionResult<TenantDetail>>;
  remove: (input: Named & { reason?: string }) => Promise<ActionResult<ClosedTenant>>;
  restore: (input: Named & { reason?: string }) => Promise<ActionResult<TenantDetail>>;
};

/** The acts on one tenant that ask first. */
export type TenantAct = "rename" | "suspend" | "resume" | "remove" | "restore";

/** What an act on a tenant takes. */
export const permissionOfAct: Record<TenantAct, string> = {
  rename: "tenants.update",
  suspend: "tenants.suspend",
  resume: "tenants.suspend",
  remove: "tenants.delete",
  restore: "tenants.delete",
};

/** The acts that make sense for a tenant as it stands, the most urgent one first. */
export function actsOf({ status }: Pick<Tenant, "status">): readonly TenantAct[] {
  if (status === "deleting") return ["restore", "rename"];
  return [status === "active" ? "suspend" : "resume", "rename", "remove"];
}
