import { AppError } from "@/lib/errors/app-error";
import { type Grants, noGrants } from "@/lib/operations/request-context";
import type { CheckedSession } from "@/lib/sessions/checked-session";
import { findHeldRoles } from "@/lib/sessions/session-store";
import { keptUnderVersion } from "./kept-under-version";
import { narrowGrants, toGrants } from "./to-grants";

/** Whose grants, where, and under which version they may be kept (null: they may not). */
export type GrantsQuestion = { userId: string; tenantId: string | null; version: string | null };

const keptGrants = keptUnderVersion<Grants>();

/**
 * What a user effectively holds on the platform or in a tenant; platform roles count in every tenant. Kept in the
 * process until the grants version changes. Throws `UNAVAILABLE`.
 */
export async function loadGrants({ userId, tenantId, version }: GrantsQuestion): Promise<Grants> {
  return keptGrants({ version, name: `${userId}:${tenantId ?? ""}` }, async () =>
    toGrants(await findHeldRoles(userId, tenantId), tenantId === null ? "platform" : "tenant"),
  );
}

/** Whose session, where it acts, and under which version the answer may be kept. */
export type SessionGrantsQuestion = { session: CheckedSession; tenantId: string | null; version: string | null };

/**
 * What the holder of a session may do. In an impersonation that is what the administrator may do as well, at this
 * moment: whatever either of the two gains or loses. Throws `UNAVAILABLE`, and `UNAUTHENTICATED` when the administrator
 * may no longer act as others.
 */
export async function loadSessionGrants({ session, tenantId, version }: SessionGrantsQuestion): Promise<Grants> {
  const { userId, impersonatedBy } = session;
  if (impersonatedBy === null) return loadGrants({ userId, tenantId, version });
  const { confinedTenantId } = impersonatedBy;
  const behind = await loadGrants({ userId: impersonatedBy.id, tenantId: confinedTenantId ?? tenantId, version });
  const held = confinedTenantId === null ? behind.platformPermissions : behind.permissions;
  if (!held.has("users.impersonate")) {
    throw new AppError("UNAUTHENTICATED", "You may no longer act as this person. Sign in again.");
  }
  if (confinedTenantId !== null && confinedTenantId !== tenantId) return noGrants;
  return narrowGrants(await loadGrants({ userId, tenantId, version }), behind);
}
