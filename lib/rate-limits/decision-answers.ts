import type { AskedCharge, Question } from "./ask-redis";
import type { Allowed, Place, Refused } from "./decide";
import { toBlockId } from "./limit-keys";
import type { LimiterState } from "./limiter-state";
import type { LocalCharge } from "./local-limits";

/** The charges of a question as a process alone judges them: by its share. */
export function toLocalCharges({ charges }: Pick<Question, "charges">, { instances }: LimiterState): LocalCharge[] {
  return charges
    .filter(({ cost }) => cost > 0)
    .map(({ rule, counter, cost }) => ({
      key: counter,
      algorithm: rule.algorithm,
      share: Math.max(1, Math.floor(rule.limit / instances)),
      limit: rule.limit,
      windowSeconds: rule.windowSeconds,
      cost,
    }));
}

/** What is left of the charge at `index`; null where none was charged. */
type Least = { remaining: number; index: number | null; degraded: boolean; inRedis: boolean };

/** The answer to a question whose charges were all free. */
export function toAllowed(question: Question, { remaining, index, degraded, inRedis }: Least): Allowed {
  const { rule } = chargeAt(question, index ?? 0);
  return {
    allowed: true,
    places: toPlaces(question, inRedis),
    rule: rule.key,
    remaining: index === null ? rule.limit : remaining,
    limit: rule.limit,
    windowSeconds: rule.windowSeconds,
    degraded,
  };
}

type Refusing = { waitMilliseconds: number; index: number; first: boolean; degraded: boolean };

/** The answer to a question of which the charge at `index` refuses longest. */
export function toRefused(question: Question, { waitMilliseconds, index, first, degraded }: Refusing): Refused {
  const { rule, hash, blockedBy } = chargeAt(question, index);
  return {
    allowed: false,
    rule: rule.key,
    retryAfterSeconds: Math.ceil(waitMilliseconds / 1_000),
    first,
    limit: rule.limit,
    windowSeconds: rule.windowSeconds,
    blockId: blockedBy?.id ?? toBlockId(rule.key, hash),
    degraded,
  };
}

function chargeAt({ charges }: Question, index: number): AskedCharge {
  const charge = charges[index] ?? charges[0];
  if (!charge) throw new Error("A decision has at least one charge.");
  return charge;
}

/** The places that a question takes. */
export function toPlaces({ charges, entry }: Question, inRedis: boolean): Place[] {
  return charges
    .filter(({ cost }) => cost > 0)
    .map(({ rule: { key, algorithm, limit, windowSeconds, recorded }, counter, cost }) => ({
      key: counter,
      algorithm,
      entry,
      cost,
      interval: (windowSeconds * 1_000_000) / limit,
      recordedAs: recorded === "attempts" ? key : "",
      windowSeconds,
      limit,
      inRedis,
    }));
}
