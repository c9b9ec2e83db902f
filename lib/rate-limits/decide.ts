import { logger } from "@/lib/observability/logger";
import { type Question, type RedisAnswer, redisAsker } from "./ask-redis";
import { type CountedPlaces, clearInRedis, returnToRedis } from "./counter-scripts";
import { toAllowed, toLocalCharges, toPlaces, toRefused } from "./decision-answers";
import { countDecision } from "./decision-metrics";
import { counterKey } from "./limit-keys";
import { refreshLimitSettings } from "./limit-settings";
import { type LimiterState, limiterState } from "./limiter-state";
import { hashOfCharge, planDecision } from "./plan-decision";
import type { RuleKey } from "./rule-catalogue";

/**
 * One rule to be asked for one subject: a normalised e-mail address, an address, a tenant's id, a caller (`session:<id>`
 * or `api-key:<id>`), or an operation of one (`toCallerOperation`).
 */
export type Charge = {
  rule: RuleKey;
  subject: string;
  /** Places to take; one when left out. */
  cost?: number;
};

/** What is known of a request beside its subjects. */
export type DecisionFacts = {
  tenantId: string | null;
  /** The path as it came, or an operation's name; it is normalised before it is recorded. */
  path: string | null;
  /** The client's address, normalised. */
  address: string | null;
  /** The account's user, where there is one. */
  userId?: string | null;
};

/** Places that were taken, to be given back. */
export type Place = CountedPlaces & {
  windowSeconds: number;
  limit: number;
  /** False where this process alone let it in, and Redis knows nothing of it. */
  inRedis: boolean;
};

/**
 * Everything was free, and is charged. `remaining`, `limit` and `windowSeconds` are those of `rule`, the one that has the
 * fewest places left.
 */
export type Allowed = {
  allowed: true;
  places: Place[];
  rule: RuleKey;
  remaining: number;
  limit: number;
  windowSeconds: number;
  /** Decided by this process alone, while Redis was away. */
  degraded: boolean;
};

/** Something was not free, and nothing is charged. Of several rules that refuse, the one that refuses longest is named. */
export type Refused = {
  allowed: false;
  rule: RuleKey;
  retryAfterSeconds: number;
  /** Whether this is the first refusal of its block; never for a block that somebody set. */
  first: boolean;
  limit: number;
  windowSeconds: number;
  /** The block that refuses: `<rule>:<hash>`, or the id of one that somebody set. */
  blockId: string;
  degraded: boolean;
};

/** What `decide` says. */
export type Decision = Allowed | Refused;

const askRedis = redisAsker({ recording: true });

/**
 * Asks all rules at once and charges either all of them or none; each rule at most once. Takes at most a tenth of a
 * second and never throws: without Redis this process decides alone by its share of the limits.
 */
export async function decide(charges: readonly Charge[], facts: DecisionFacts): Promise<Decision> {
  const waits = refreshLimitSettings();
  if (waits) await waits;
  return decideBy(askRedis, planDecision(charges, facts));
}

/** `decide` for a question that is ready, by a given way to ask Redis. */
export async function decideBy(ask: typeof askRedis, question: Question): Promise<Decision> {
  const state = limiterState();
  const answer = await askIfAlive(ask, question, state);
  const decision = answer ? followRedis(question, answer, state) : decideAlone(question, state);
  countDecision(question, {
    refused: decision.allowed ? null : decision.rule,
    observed: answer?.allowed ? answer.observed : 0,
    degraded: decision.degraded,
  });
  return decision;
}

async function askIfAlive(
  ask: typeof askRedis,
  question: Question,
  state: LimiterState,
): Promise<RedisAnswer | undefined> {
  if (!state.breaker.admits()) return undefined;
  try {
    const answer = await ask(question);
    state.breaker.succeeded();
    if (state.degradedSince !== null) {
      state.degradedSince = null;
      logger.peek()?.info("Redis answers again: limits are shared");
    }
    return answer;
  } catch (error) {
    state.breaker.failed();
    state.hasDecidedAlone = true;
    if (state.degradedSince === null) {
      state.degradedSince = Date.now();
      logger.peek()?.warn({ err: error }, "Redis does not answer: this process limits alone");
    }
    return undefined;
  }
}

function followRedis(question: Question, answer: RedisAnswer, state: LimiterState): Decision {
  if (!answer.allowed) return toRefused(question, { ...answer, degraded: false });
  const charges = toLocalCharges(question, state);
  // Redis has forgotten what this window already holds: what this process remembers of it counts as well.
  const lost = performance.now() - state.memoryLostAt;
  if (charges.some(({ windowSeconds }) => lost < windowSeconds * 1_000)) {
    const alone = decideAlone(question, state, { inRedis: true });
    if (!alone.allowed) void returnAllToRedis(toPlaces(question, true));
    return alone;
  }
  state.local.note(charges, question.entry);
  return toAllowed(question, { remaining: answer.remaining, index: answer.index, degraded: false, inRedis: true });
}

function decideAlone(question: Question, state: LimiterState, { inRedis = false } = {}): Decision {
  const blocked = question.charges.findIndex(({ blockedBy }) => blockedBy !== null);
  const by = question.charges[blocked]?.blockedBy;
  if (by)
    return toRefused(question, { waitMilliseconds: by.milliseconds, index: blocked, first: false, degraded: true });
  const held = question.charges.filter(({ cost, rule }) => cost > 0 && rule.mode === "enforce");
  const answer = state.local.take(toLocalCharges({ charges: held }, state), question.entry);
  const [named] = held.slice(answer.index);
  const index = named ? question.charges.indexOf(named) : 0;
  if (answer.allowed) {
    const isHeld = held.length > 0;
    return toAllowed(question, {
      remaining: isHeld ? answer.remaining : 0,
      index: isHeld ? index : null,
      degraded: true,
      inRedis,
    });
  }
  return toRefused(question, { ...answer, index, first: false, degraded: true });
}

/** Gives places back, such as those of an attempt that succeeded. Never throws. */
export async function returnPlaces(places: readonly Place[]): Promise<void> {
  const { local } = limiterState();
  for (const place of places) local.remove(place, place.entry);
  await returnAllToRedis(places.filter(({ inRedis }) => inRedis));
}

async function returnAllToRedis(places: readonly Place[]): Promise<void> {
  await Promise.all(places.map((place) => returnToRedis(place).catch(reportLoss)));
}

/** Starts the counter of a subject afresh, and lifts the limiter's own block on it. Never throws. */
export async function clearCounters(rule: RuleKey, subject: string): Promise<void> {
  await clearCounterOf(rule, hashOfCharge({ rule, subject }));
}

/** The same for a subject of which only the hash is known, such as that of a block. Returns whether Redis did it. */
export async function clearCounterOf(rule: RuleKey, hash: string): Promise<boolean> {
  limiterState().local.clear(counterKey(rule, hash));
  return clearInRedis(rule, hash).then(
    () => true,
    (error: unknown) => {
      reportLoss(error);
      return false;
    },
  );
}

function reportLoss(error: unknown): void {
  logger.peek()?.warn({ err: error }, "a counter could not be changed in Redis");
}
