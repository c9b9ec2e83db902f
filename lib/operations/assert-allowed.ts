import { recordRefusal } from "@/lib/audit/write-audit-events";
import { isFreshProof } from "@/lib/authorization/proof-age";
import { AppError, notFound } from "@/lib/errors/app-error";
import type { Operation } from "./define-operation";
import type { RequestContext } from "./request-context";

/**
 * Whether the caller may run the operation at all, before anything is read or parsed, so that a stranger learns nothing.
 * Throws `UNAUTHENTICATED`, `FORBIDDEN`, `NOT_FOUND` (to callers who may not even read the thing) or `STEP_UP_REQUIRED`;
 * a refused command is recorded.
 */
export async function assertAllowed(operation: Operation, ctx: RequestContext): Promise<void> {
  if (operation.scope === "none") return;
  if (ctx.actor.type === "anonymous") throw new AppError("UNAUTHENTICATED", "Sign in to continue.");
  if (!existsInScope(operation, ctx)) throw notFound("page");
  const refusal =
    missingPermission(operation, ctx) ?? notInPerson(operation, ctx) ?? (await staleProof(operation, ctx));
  if (!refusal) return;
  if (operation.kind === "command") {
    await recordRefusal(ctx, { action: operation.audit, outcome: "denied", code: refusal.code });
  }
  throw refusal;
}

function existsInScope(operation: Operation, ctx: RequestContext): boolean {
  return operation.scope === "self" || operation.scope === "either" || operation.scope === ctx.scope.kind;
}

function missingPermission(operation: Operation, ctx: RequestContext): AppError | undefined {
  const { permissions } = ctx.grants;
  if (operation.permission === null || permissions.has(operation.permission)) return undefined;
  const mayRead =
    operation.kind === "query" || operation.readPermission === null || permissions.has(operation.readPermission);
  if (!mayRead) return notFound("thing");
  return new AppError("FORBIDDEN", `This takes the permission ${operation.permission}. Ask an owner for it.`);
}

// A key has no account, and whoever acts as somebody else must not change who that person is or grant in their name.
function notInPerson(operation: Operation, { actor }: RequestContext): AppError | undefined {
  if (actor.type === "api_key" && operation.scope === "self") {
    return new AppError("FORBIDDEN", "An API key has no account of its own.");
  }
  if (actor.type !== "user" || actor.impersonatedBy === null) return undefined;
  const isPersonal = operation.scope === "self" && operation.kind === "command" && !operation.endsImpersonation;
  return isPersonal || operation.stepUp ? refuseImpersonation() : undefined;
}

function refuseImpersonation(): AppError {
  return new AppError(
    "FORBIDDEN",
    "Nobody can do this while acting as somebody else. Return to your own account first.",
  );
}

async function staleProof(operation: Operation, ctx: RequestContext): Promise<AppError | undefined> {
  return operation.stepUp ? refuseStaleProof(ctx) : undefined;
}

/**
 * For operations of which only some uses ask for a fresh proof of identity. Throws `STEP_UP_REQUIRED`, and `FORBIDDEN` to
 * whoever acts as somebody else.
 */
export async function assertFreshProof(ctx: RequestContext): Promise<void> {
  const refusal = await refuseStaleProof(ctx);
  if (refusal) throw refusal;
}

async function refuseStaleProof(ctx: RequestContext): Promise<AppError | undefined> {
  if (ctx.actor.type !== "user") return undefined;
  if (ctx.actor.impersonatedBy !== null) return refuseImpersonation();
  if (await isFreshProof(ctx.actor, ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null)) return undefined;
  return new AppError(
    "STEP_UP_REQUIRED",
    "This act asks for a fresh proof of who you are. Sign in again and repeat it.",
  );
}
