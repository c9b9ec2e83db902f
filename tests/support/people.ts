import { loadGrants } from "@/lib/auth/load-grants";
import { builtInRoles } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { createRole } from "@/lib/roles/create-role";
import { contextOf, userActor } from "./contexts";
import { makeMembership, makeTenant, makeUser } from "./factories";

/** A tenant as a scope. */
export type TenantScope = Extract<RequestContext["scope"], { kind: "tenant" }>;

/** A tenant of its own, as a scope. */
export async function openTenant(): Promise<TenantScope> {
  const tenant = await makeTenant();
  return { kind: "tenant", tenantId: tenant.id, tenantSlug: tenant.slug };
}

/** What a user may do in a scope at this moment, as a context with a fresh proof of identity. */
export async function contextFor(userId: string, scope: RequestContext["scope"]): Promise<RequestContext> {
  const tenantId = scope.kind === "tenant" ? scope.tenantId : null;
  const grants = await loadGrants({ userId, tenantId, version: null });
  return { ...contextOf(builtInRoles[0], scope), actor: userActor({ id: userId }), grants };
}

type PlatformKey = NonNullable<NonNullable<Parameters<typeof makeUser>[0]>["platformRole"]>;
type TenantKey = NonNullable<Parameters<typeof makeMembership>[2]>;

/** A new user with a role of the platform, as a caller there or in a tenant. */
export async function platformCaller(key: PlatformKey, scope: RequestContext["scope"] = { kind: "platform" }) {
  const user = await makeUser({ platformRole: key });
  return contextFor(user.id, scope);
}

/** A new user at home in a tenant with a role there, as a caller. */
export async function tenantCaller(scope: TenantScope, key: TenantKey = "member") {
  const user = await makeUser({ homeTenantId: scope.tenantId });
  await makeMembership(scope.tenantId, user.id, key);
  return contextFor(user.id, scope);
}

/** The id of whoever a context stands for. */
export function idOf({ actor }: RequestContext): string {
  if (actor.id === null) throw new Error("Nobody in person.");
  return actor.id;
}

/** A custom role made by a caller. */
export async function makeRole(ctx: RequestContext, wishes: Partial<{ rank: number; permissions: string[] }> = {}) {
  const key = `r-${newId()}`;
  return runOperation(createRole, ctx, { key, name: "Custom", rank: 15, permissions: ["users.read"], ...wishes });
}

/** The same caller, with a request of its own. */
export function again(ctx: RequestContext): RequestContext {
  return { ...ctx, requestId: newId() };
}
