import { findBuiltInRole } from "@/lib/authorization/built-in-roles";
import { allPermissions, type Permission, permissionExistsIn } from "@/lib/authorization/permissions";
import { AppError } from "@/lib/errors/app-error";
import type { Grants } from "@/lib/operations/request-context";
import { findHeldRoles, type HeldRole } from "@/lib/sessions/session-store";
import { sessionCacheSeconds } from "@/lib/sessions/session-windows";

/** Whose grants, where, and under which version they may be kept (null: they may not). */
export type GrantsQuestion = { userId: string; tenantId: string | null; version: string | null };

type Kept = { grants: Grants; until: number };

const keptMax = 10_000;
// Keyed by the version that was read before Postgres was: once it has been replaced, nothing finds these any more.
const kept = new Map<string, Kept>();

/**
 * What a user effectively holds on the platform or in a tenant; platform roles count in every tenant. Kept in the
 * process until the grants version changes, at most `sessionCacheSeconds`. Throws `UNAVAILABLE`.
 */
export async function loadGrants({ userId, tenantId, version }: GrantsQuestion): Promise<Grants> {
  const key = version === null ? null : `${version}:${userId}:${tenantId ?? ""}`;
  const known = key === null ? undefined : kept.get(key);
  if (known && known.until > Date.now()) return known.grants;
  const grants = toGrants(await askPostgres(userId, tenantId), tenantId === null ? "platform" : "tenant");
  if (key !== null) keep(key, grants);
  return grants;
}

async function askPostgres(userId: string, tenantId: string | null): Promise<HeldRole[]> {
  try {
    return await findHeldRoles(userId, tenantId);
  } catch (error) {
    throw new AppError("UNAVAILABLE", "Nobody can tell right now what you may do. Try again shortly.", {
      cause: error,
      retryAfterSeconds: 2,
    });
  }
}

function keep(key: string, grants: Grants): void {
  // A map keeps its insertion order: the first key is the oldest.
  if (kept.size >= keptMax) kept.delete(kept.keys().next().value ?? "");
  kept.set(key, { grants, until: Date.now() + sessionCacheSeconds * 1_000 });
}

function toGrants(roles: readonly HeldRole[], scope: "platform" | "tenant"): Grants {
  const held = toPermissions(roles);
  return {
    // Platform roles count in every tenant, so on the platform nothing is left out that can be given away there.
    permissions: scope === "platform" ? held : new Set([...held].filter((name) => permissionExistsIn(name, "tenant"))),
    platformPermissions: toPermissions(roles.filter((role) => role.scope === "platform")),
    roles: roles.map((role) => (role.scope === scope ? role.key : `${role.scope}:${role.key}`)),
    rank: Math.max(0, ...roles.map((role) => role.rank)),
    isOwner: roles.some((role) => role.key === "owner" && role.builtIn),
  };
}

function toPermissions(roles: readonly HeldRole[]): Set<Permission> {
  const held = new Set(roles.flatMap(permissionsOf));
  return new Set(allPermissions.filter((name) => held.has(name)));
}

// A built-in role's permissions stand in code; the table holds a projection that may be of another version.
function permissionsOf(role: HeldRole): readonly string[] {
  return findBuiltInRole(role.roleId)?.permissions ?? role.permissions;
}
