import { loadGrants } from "@/lib/auth/load-grants";
import { toGrants } from "@/lib/auth/to-grants";
import { assertManageable } from "@/lib/authorization/assert-manageable";
import { isSelf } from "@/lib/authorization/is-self";
import { AppError } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import type { Grants } from "@/lib/operations/request-context";
import { findRolesEverywhere, isManagedHere, type RoleSomewhere } from "./repository";

type Tools = Pick<OperationTools<never>, "ctx" | "tx">;

/**
 * Whether the caller may act as a user: not themself, ranked below, and nothing that the user may do anywhere goes beyond
 * what the caller may do there. In a tenant only its own people, who run no platform. Throws `FORBIDDEN`.
 */
export async function assertImpersonatable(tools: Tools, userId: string): Promise<void> {
  const { ctx, tx } = tools;
  if (isSelf(ctx, userId)) throw new AppError("FORBIDDEN", "You are this person.");
  await assertManageable(tools, userId);
  if (ctx.scope.kind !== "tenant") return assertCoveredEverywhere(tools, userId);
  if (!(await isManagedHere(tx, userId))) {
    throw new AppError(
      "FORBIDDEN",
      "This account is managed elsewhere: only its home tenant and the platform may act as it.",
    );
  }
  const held = await loadGrants({ userId, tenantId: ctx.scope.tenantId, version: null });
  if (!covers(ctx.grants, held)) throw beyond();
}

async function assertCoveredEverywhere({ ctx, tx }: Tools, userId: string): Promise<void> {
  const actorId = ctx.actor.id ?? "";
  const roles = await findRolesEverywhere(tx, [userId, actorId]);
  const heldBy = (id: string, tenantId: string | null) =>
    toGrants(
      roles.filter((role) => role.userId === id && isHeldIn(role, tenantId)),
      tenantId === null ? "platform" : "tenant",
    );
  const places = new Set([null, ...roles.filter((role) => role.userId === userId).map(({ tenantId }) => tenantId)]);
  for (const place of places) {
    if (!covers(heldBy(actorId, place), heldBy(userId, place))) throw beyond();
  }
}

// Platform roles count in every tenant.
function isHeldIn(role: RoleSomewhere, tenantId: string | null): boolean {
  return role.tenantId === null || role.tenantId === tenantId;
}

function covers(actor: Grants, held: Grants): boolean {
  const above = held.rank < actor.rank || (actor.isOwner && held.rank === actor.rank);
  return above && [...held.permissions].every((name) => actor.permissions.has(name));
}

function beyond(): AppError {
  return new AppError("FORBIDDEN", "This person may do things that you may not. Ask somebody above you.");
}
