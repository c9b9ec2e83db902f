import { type BuiltInRole, builtInRoles } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import type { RequestContext } from "@/lib/operations/request-context";

type PlatformRoleKey = "owner" | "admin" | "support" | "auditor";

/** A caller who holds one built-in platform role; anything of the context may be replaced. */
export function platformContext(key: PlatformRoleKey, changes: Partial<RequestContext> = {}): RequestContext {
  return { ...contextOf(findRole("platform", key), { kind: "platform" }), ...changes };
}

/** A caller who holds one built-in role of a tenant. */
export function tenantContext(key: string, scope: { tenantId: string; tenantSlug: string }): RequestContext {
  return contextOf(findRole("tenant", key), { kind: "tenant", ...scope });
}

/** The acting user of a context. */
export function userActor(changes: Partial<Extract<RequestContext["actor"], { type: "user" }>> = {}) {
  return {
    type: "user" as const,
    id: newId(),
    name: "Somebody",
    email: "somebody@example.com",
    sessionId: newId(),
    authenticatedAt: new Date(),
    impersonatedBy: null,
    ...changes,
  };
}

/** A caller who holds one built-in role. */
export function contextOf(role: BuiltInRole, scope: RequestContext["scope"]): RequestContext {
  return {
    scope,
    actor: userActor(),
    grants: {
      permissions: new Set(role.permissions),
      platformPermissions: new Set(role.scope === "platform" ? role.permissions : []),
      roles: [role.key],
      rank: role.rank,
      isOwner: role.key === "owner",
    },
    requestId: newId(),
    clientAddress: "192.0.2.1",
    userAgent: "test",
    source: "api",
  };
}

function findRole(scope: BuiltInRole["scope"], key: string): BuiltInRole {
  const role = builtInRoles.find((candidate) => candidate.scope === scope && candidate.key === key);
  if (!role) throw new Error(`There is no built-in ${scope} role "${key}".`);
  return role;
}
