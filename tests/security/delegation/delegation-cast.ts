import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import type { Permission } from "@/lib/authorization/permissions";
import { isAppError } from "@/lib/errors/app-error";
import type { Operation } from "@/lib/operations/define-operation";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { assignRole } from "@/lib/roles/assign-role";
import { unassignRole } from "@/lib/roles/unassign-role";
import { makeUser } from "@/tests/support/factories";
import { again, contextFor, idOf, makeRole, type TenantScope, tenantCaller } from "@/tests/support/people";
import type { TestRuntime } from "@/tests/support/test-runtime";

/** What an attempt came to: `done`, or the code of its refusal. */
export async function attempt(operation: Operation, ctx: RequestContext, input: object): Promise<string> {
  try {
    await runOperation(operation, again(ctx), input);
    return "done";
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}

/** Somebody who holds one custom role of a tenant and nothing else, given by an owner of it. */
export async function limitedCaller(
  owner: RequestContext,
  scope: TenantScope,
  role: { rank: number; permissions: Permission[] },
): Promise<RequestContext> {
  const made = await makeRole(again(owner), role);
  const userId = idOf(await tenantCaller(scope, "member"));
  await runOperation(assignRole, again(owner), { userId, roleId: made.id });
  await runOperation(unassignRole, again(owner), { userId, roleId: builtInRoleId("tenant", "member") });
  return contextFor(userId, scope);
}

/** Somebody who holds one custom role of the platform and nothing else. */
export async function limitedOfPlatform(
  { asSuperuser }: TestRuntime,
  owner: RequestContext,
  role: { rank: number; permissions: Permission[] },
): Promise<RequestContext> {
  const made = await makeRole(again(owner), role);
  const { id } = await makeUser();
  await asSuperuser("insert into platform_role_assignment (user_id, role_id) values ($1, $2)", [id, made.id]);
  return contextFor(id, { kind: "platform" });
}

/** Keys of the roles that somebody holds anywhere, with the permissions of custom ones: what must not have grown. */
export async function holdingsOf({ asSuperuser }: TestRuntime, userId: string): Promise<string[]> {
  const rows = await asSuperuser<{ held: string }>(
    `select r.scope || ' ' || r.id || ' ' || r.rank || ' ' || coalesce(r.permissions::text, '') as held from role r
     where r.id in (select role_id from platform_role_assignment where user_id = $1
       union all select mr.role_id from membership m join membership_role mr on mr.membership_id = m.id where m.user_id = $1)
     order by 1`,
    [userId],
  );
  return rows.map(({ held }) => held);
}

/** The same person by a key of theirs that carries whatever they may do. */
export function byOwnKey(ctx: RequestContext): RequestContext {
  const grants = { ...ctx.grants, isOwner: false, roles: [] };
  return { ...ctx, grants, actor: { type: "api_key", id: idOf(ctx), name: "key", ownerId: idOf(ctx) } };
}

/** The same person acting as another, in the tenant. */
export function actingAs(ctx: RequestContext, other: RequestContext): RequestContext {
  if (other.actor.type !== "user" || ctx.actor.type !== "user") throw new Error("Only people act as people.");
  const confinedTenantId = ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null;
  const impersonatedBy = { id: ctx.actor.id, name: ctx.actor.name, sessionId: ctx.actor.sessionId, confinedTenantId };
  return { ...other, actor: { ...other.actor, impersonatedBy } };
}
