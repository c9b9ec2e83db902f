import { loadGrants } from "@/lib/auth/load-grants";
import { narrowGrants } from "@/lib/auth/to-grants";
import { AppError } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import type { Grants, RequestContext } from "@/lib/operations/request-context";
import { holdGrantsOf } from "./grants-lock-repository";
import type { Permission } from "./permissions";

/**
 * For every operation that changes what somebody may do: waits until no other such change is under way in the scope,
 * keeps further ones waiting until the transaction ends, and reads the caller's own grants anew. Decide by the context
 * that it returns: a caller whose role has just been taken cannot use what is left of the cache's time. Lock the row of
 * the user or membership concerned before it, never after. Throws `FORBIDDEN` where `permission` is no longer held.
 */
export async function holdGrants(
  { ctx, tx }: Pick<OperationTools<never>, "ctx" | "tx">,
  permission?: Permission,
): Promise<RequestContext> {
  const tenantId = ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null;
  // Platform roles count in every tenant: who relies on one waits for changes on the platform, too.
  const reliesOnPlatform = tenantId !== null && ctx.grants.platformPermissions.size > 0;
  if (reliesOnPlatform) await holdGrantsOf(tx, { tenantId: null, shared: true });
  await holdGrantsOf(tx, { tenantId, shared: false });
  const grants = await readAgain(ctx, tenantId);
  if (permission !== undefined && !grants.permissions.has(permission)) {
    throw new AppError("FORBIDDEN", "What you may do has just been changed. Reload and try again.");
  }
  return { ...ctx, grants };
}

// Nobody changes grants in the scope until the transaction ends, so that reading on another connection is as good.
async function readAgain({ actor, grants }: RequestContext, tenantId: string | null): Promise<Grants> {
  if (actor.type !== "user" && actor.type !== "api_key") return grants;
  const userId = actor.type === "user" ? actor.id : actor.ownerId;
  // An API key has less than its owner, and what was gained since the request began is not used.
  return narrowGrants(await loadGrants({ userId, tenantId, version: null }), grants);
}
