import { isAppError } from "@/lib/errors/app-error";
import { defineQuery, type OperationTools } from "@/lib/operations/define-operation";
import { limiterState } from "@/lib/rate-limits/limiter-state";
import { type RuleKey, ruleKeys } from "@/lib/rate-limits/rule-catalogue";
import { countCurrent } from "./blocks-repository";
import { findSpread } from "./find-spread";
import { findMinutes } from "./history-repository";
import { lastMinutes } from "./last-minutes";
import { countBlocked, type LiveCounts, readCounts, readUniqueAddresses } from "./live-store";
import { countLockouts } from "./lockouts-repository";
import { redisNow } from "./redis-answers";
import { findRules } from "./rules-repository";
import { getRateLimitsInput, type RateLimitState, type RateLimits, rateLimits } from "./schemas";
import { valuesOf } from "./to-rule";

/** Blocks and lockouts are counted up to here. */
const countedMax = { manual: 10_000, lockouts: 1_000 };

type Tools = Pick<OperationTools<never>, "ctx" | "tx">;

/**
 * What the rate limits do at this moment: per rule what was allowed and refused in each of the last minutes, how many keys
 * are blocked, and who tries many accounts or is tried from many addresses. While Redis is away, what Postgres has.
 */
export const getRateLimits = defineQuery({
  name: "getRateLimits",
  summary: "Read the live state of the rate limits",
  scope: "either",
  permission: "rate-limits.read",
  input: getRateLimitsInput,
  output: rateLimits,
  run: async ({ ctx, tx }, { minutes }) => {
    const tools = { ctx, tx };
    const state = (await readLive(tools, minutes)) ?? (await readStored(tools, minutes));
    const { degradedSince, instances } = limiterState();
    const isDegraded = degradedSince !== null || state.automatic === null;
    const since = degradedSince === null ? null : new Date(degradedSince).toISOString();
    return {
      at: new Date(state.now).toISOString(),
      degraded: isDegraded ? { since, instances } : null,
      blocked: {
        automatic: state.automatic,
        manual: await countCurrent(tx, countedMax.manual),
        lockouts: await countLockouts(tx, countedMax.lockouts),
      },
      rules: await toStates(tools, state, minutes),
      spraying: state.spraying,
      stuffing: state.stuffing,
    };
  },
});

type State = Pick<RateLimits, "spraying" | "stuffing"> & {
  now: number;
  automatic: number | null;
  counts: LiveCounts;
  unique: Map<RuleKey, number> | null;
};

const minuteOf = (now: number) => Math.floor(now / 60_000);
const tenantOf = ({ ctx }: Tools) => (ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null);

async function readLive(tools: Tools, count: number): Promise<State | null> {
  try {
    const tenantId = tenantOf(tools);
    const now = await redisNow();
    const minutes = lastMinutes(minuteOf(now), count);
    return {
      now,
      counts: await readCounts(minutes, tenantId),
      automatic: await countBlocked(now, tenantId),
      unique: tenantId === null ? await readUniqueAddresses(minutes) : null,
      ...(await findSpread(tools, { now, minutes })),
    };
  } catch (error) {
    if (isAppError(error) && error.code === "UNAVAILABLE") return null;
    throw error;
  }
}

// The minute under way is not in Postgres yet, nor the one before it perhaps.
async function readStored(tools: Tools, count: number): Promise<State> {
  const now = Date.now();
  const minutes = lastMinutes(minuteOf(now), count);
  const since = new Date((minutes[0] ?? 0) * 60_000);
  const rows = await findMinutes(tools.tx, { since, inTenant: tenantOf(tools) !== null });
  const none = { allowed: 0, refused: 0, observed: 0, degraded: 0 };
  const counts: LiveCounts = new Map(
    ruleKeys.map((rule) => {
      const ofRule = new Map(rows.filter((row) => row.rule === rule).map((row) => [minuteOf(row.at.getTime()), row]));
      return [rule, minutes.map((minute) => ofRule.get(minute) ?? none)];
    }),
  );
  return { now, counts, automatic: null, unique: null, spraying: [], stuffing: [] };
}

async function toStates({ ctx, tx }: Tools, { now, counts, unique }: State, count: number): Promise<RateLimitState[]> {
  const changed = await findRules(tx, { inTenant: ctx.scope.kind === "tenant" });
  const minutes = lastMinutes(minuteOf(now), count);
  return ruleKeys.map((rule) => {
    const ofRule = counts.get(rule) ?? [];
    const sum = (field: "allowed" | "refused" | "observed" | "degraded") =>
      ofRule.reduce((total, minute) => total + minute[field], 0);
    return {
      rule,
      ...valuesOf(rule, changed.find((row) => row.rule === rule) ?? null),
      allowed: sum("allowed"),
      refused: sum("refused"),
      observed: sum("observed"),
      degraded: sum("degraded"),
      uniqueAddresses: unique?.get(rule) ?? null,
      minutes: minutes.flatMap((minute, index) => {
        const at = new Date(minute * 60_000).toISOString();
        return ofRule[index] ? [{ ...ofRule[index], at }] : [];
      }),
    };
  });
}
