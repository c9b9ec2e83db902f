import { AppError, notFound } from "@/lib/errors/app-error";
import type { Grants } from "@/lib/operations/request-context";
import { findTenantFor, type NamedTenant } from "@/lib/sessions/session-store";
import { keptUnderVersion } from "./kept-under-version";

const keptTenants = keptUnderVersion<NamedTenant | null>();

/** Who names the tenant, and under which grants version the answer may be kept. */
export type TenantQuestion = { userId: string; version: string | null };

/**
 * The tenant of a path and what it is to a user. Throws `NOT_FOUND` for a slug that nobody has and `UNAVAILABLE`.
 * Whether the caller has any business there is for `assertAdmitted`.
 */
export async function resolveTenant(slug: string, { userId, version }: TenantQuestion): Promise<NamedTenant> {
  const tenant = await keptTenants({ version, name: `${userId}:${slug}` }, () => findTenantFor(userId, slug));
  if (!tenant) throw notFound("tenant");
  return tenant;
}

/**
 * Lets members and holders of platform roles in. To anybody else the tenant does not exist: `NOT_FOUND`. While it is
 * suspended its own people get `FORBIDDEN` with the reason.
 */
export function assertAdmitted(tenant: NamedTenant, grants: Grants): void {
  if (grants.platformPermissions.size > 0) return;
  if (!tenant.isMember) throw notFound("tenant");
  if (tenant.suspendedReason === null) return;
  const reason = tenant.suspendedReason === "" ? "" : ` The reason given: ${tenant.suspendedReason}`;
  throw new AppError("FORBIDDEN", `This tenant is suspended.${reason}`);
}
