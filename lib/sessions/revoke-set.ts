import { reachOf } from "@/lib/authorization/assert-manageable";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { Actor, RequestContext } from "@/lib/operations/request-context";
import { Prisma } from "@/prisma/generated/client";
import type { FoundSessions } from "./endable-session";
import { type ApartMax, type FoundApart, findLiving, findLivingApart } from "./living-sessions-repository";
import { resolveSessionFilter } from "./resolve-session-filter";
import { begunSince, endedBySet, leftOutBySet, peopleLeftOut, type RevocationSet } from "./revoke-set-conditions";
import type { ResolvedSessionFilter } from "./session-conditions";
import type { SessionFilter } from "./session-filter";

type Wishes = {
  /** Sessions that began later are not meant; null: they are. */
  createdUntil: string | null;
  includeOwn: boolean;
};

/** What a filter means for a caller, for the preview and the revocation alike. Throws as `resolveSessionFilter` does. */
export async function toRevocationSet(
  { ctx, tx }: { ctx: RequestContext; tx: ScopedTx },
  filter: SessionFilter,
  { createdUntil, includeOwn }: Wishes,
): Promise<RevocationSet> {
  return {
    filter: await resolveSessionFilter(tx, filter, ctx.scope.kind === "tenant"),
    createdUntil,
    spared: includeOwn ? [] : ownSessionsOf(ctx.actor),
    reach: reachOf(ctx),
    actorId: ctx.actor.id,
  };
}

/** Living sessions that the set ends, all of them up to `max`. */
export async function findEnded(tx: ScopedTx, set: RevocationSet, max: number): Promise<FoundSessions> {
  return findLiving(tx, endedBySet(set), max);
}

/** Living sessions that the set ends, and those that it leaves out, each up to its bound. */
export async function findApart(tx: ScopedTx, set: RevocationSet, max: ApartMax): Promise<FoundApart> {
  const people = Prisma.sql`people_left_out`;
  const selects = { people: peopleLeftOut(set), ended: endedBySet(set, people), leftOut: leftOutBySet(set, people) };
  return findLivingApart(tx, selects, max);
}

/** Living sessions that a filter means and that began after a moment, all of them up to `max`. */
export async function findNewer(
  tx: ScopedTx,
  { filter, moment, max }: { filter: ResolvedSessionFilter; moment: string; max: number },
): Promise<FoundSessions> {
  return findLiving(tx, begunSince(filter, moment), max);
}

// Whoever acts as somebody else has two: the one used, and the own one that waits behind it.
function ownSessionsOf(actor: Actor): string[] {
  if (actor.type !== "user") return [];
  return [actor.sessionId, ...(actor.impersonatedBy ? [actor.impersonatedBy.sessionId] : [])];
}
