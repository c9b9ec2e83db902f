import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { defineQuery } from "@/lib/operations/define-operation";
import { countActiveSessions, countUsers, estimateUsers } from "./figures-repository";
import { countByHour, type EventRow, findNewestOf, type HourRow } from "./log-repository";
import { readAttention } from "./read-attention";
import { getOverviewInput, type Overview, type OverviewEvent, type OverviewHour, overview } from "./schemas";
import { securityActions } from "./security-actions";
import { countMax, toCapped } from "./to-capped";

/** Events of one hour that are looked through: all 24 at that bound are about what one page of a search reads. */
const eventsOfHourMax = 1_000;
/** Events that are looked through for those that concern security. */
const eventsMax = 5_000;
const eventsShown = 8;

/**
 * How the caller's scope stands: live figures, what wants looking at, and the newest events that concern security, each
 * as far as the caller may read it. Bounded whatever the size of the installation. The log's lines come without their
 * content; reading that is what the log records.
 */
export const getOverview = defineQuery({
  name: "getOverview",
  summary: "Get the overview",
  scope: "either",
  permission: "sessions.read",
  input: getOverviewInput,
  output: overview,
  run: async ({ ctx, tx }) => {
    const { permissions } = ctx.grants;
    const inTenant = ctx.scope.kind === "tenant";
    const readsLog = permissions.has("audit.read");
    return {
      at: new Date().toISOString(),
      activeSessions: toCapped(await countActiveSessions(tx, inTenant, countMax + 1)),
      users: permissions.has("users.read") ? await readUsers(tx, inTenant) : null,
      hours: readsLog ? (await countByHour(tx, inTenant, eventsOfHourMax)).map(toHour) : null,
      attention: await readAttention({ ctx, tx }),
      events: readsLog
        ? (await findNewestOf(tx, { actions: securityActions, inTenant, eventsMax, limit: eventsShown })).map(toEvent)
        : null,
    };
  },
});

async function readUsers(tx: ScopedTx, inTenant: boolean): Promise<Overview["users"]> {
  const { count, capped } = toCapped(await countUsers(tx, inTenant, countMax + 1));
  if (!capped) return { count, precision: "exact" };
  // A table that has grown since the planner last looked is larger than it says.
  const estimate = inTenant ? 0 : await estimateUsers(tx);
  return estimate > countMax ? { count: estimate, precision: "estimate" } : { count, precision: "capped" };
}

function toHour({ startsAt, seen, signedIn, signInsFailed, denied, failed }: HourRow): OverviewHour {
  return {
    startsAt: startsAt.toISOString(),
    signedIn,
    signInsFailed,
    denied,
    failed,
    capped: seen >= eventsOfHourMax,
  };
}

function toEvent(row: EventRow): OverviewEvent {
  return {
    id: row.id,
    at: row.at.toISOString(),
    action: row.action,
    // A check constraint keeps the column to these three.
    outcome: row.outcome === "success" || row.outcome === "denied" ? row.outcome : "failure",
    actor: { type: row.actorType, id: row.actorId, name: row.actorName },
    impersonator: row.impersonatorName === null ? null : { id: row.impersonatorId, name: row.impersonatorName },
    target: row.targetType === null ? null : { type: row.targetType, id: row.targetId ?? "", name: row.targetName },
  };
}
