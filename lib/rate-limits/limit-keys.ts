import { createHash } from "node:crypto";
import { isRuleKey, type RuleDimension, type RuleKey, ruleCatalogue, ruleDimensions } from "./rule-catalogue";

// Every name of the limiter in Redis. One hash tag for all: a decision touches several keys, and a cluster runs a script
// within one slot only (docs/decisions/0012). Names that hold a minute or an hour count them since 1970, by Redis' clock.

/** What every name begins with. */
export const limitKeyPrefix = "{rl}:";

/** What a decision was for a rule. `observed`: the rule would have refused, but only watches. */
export const countedOutcomes = ["allowed", "refused", "observed", "degraded"] as const;

/** A member of `countedOutcomes`. `degraded`: decided by a process alone while Redis was away; counted afterwards. */
export type CountedOutcome = (typeof countedOutcomes)[number];

/** What the busiest are listed by. */
export const topDimensions = [...ruleDimensions, "path"] as const;

/** A member of `topDimensions`. */
export type TopDimension = (typeof topDimensions)[number];

/** Sixteen base64url characters that stand for a subject, the same in every rule of the dimension. Accounts are normalised e-mail addresses, addresses are blocks (`addressBlock`). */
export function subjectHash(dimension: RuleDimension, subject: string): string {
  return createHash("sha256").update(`${dimension}:${subject}`).digest("base64url").slice(0, 16);
}

/** The counter of one rule for one subject: a string (`gcra`) or a sorted set (`log`). */
export function counterKey(rule: RuleKey, hash: string): string {
  return `${limitKeyPrefix}${ruleCatalogue[rule].code}:${hash}`;
}

/** A block of the limiter's own, as the interface knows it: which rule refuses whom. */
export function toBlockId(rule: RuleKey, hash: string): string {
  return `${rule}:${hash}`;
}

/** The rule and the hash of a block id; null if it is not the limiter's. */
export function parseBlockId(blockId: string): { rule: RuleKey; hash: string } | null {
  const [, rule = "", hash = ""] = /^([a-z-]+):([A-Za-z0-9_-]{16})$/.exec(blockId) ?? [];
  return isRuleKey(rule) ? { rule, hash } : null;
}

/** Hash of counts in a minute; see `countsField`. */
export function countsKey(minute: number): string {
  return `${limitKeyPrefix}n:${minute}`;
}

/** A field of `countsKey`: of all tenants together, or of one. */
export function countsField(rule: RuleKey, outcome: CountedOutcome, tenantId: string | null): string {
  return tenantId === null ? `${rule}|${outcome}` : `${rule}|${outcome}|${tenantId}`;
}

/** Takes a field of `countsKey` apart; null for what is none. */
export function parseCountsField(
  field: string,
): { rule: RuleKey; outcome: CountedOutcome; tenantId: string | null } | null {
  const [rule = "", outcome = "", tenantId] = field.split("|");
  const known = countedOutcomes.find((candidate) => candidate === outcome);
  return isRuleKey(rule) && known ? { rule, outcome: known, tenantId: tenantId ?? null } : null;
}

/** Sorted set of the busiest in a minute, at most a few hundred members; see `parseTopMember`. Score: decisions. */
export function topKey(dimension: TopDimension, minute: number, tenantId: string | null): string {
  return `${limitKeyPrefix}top:${dimension}:${tenantId === null ? "" : `t:${tenantId}:`}${minute}`;
}

/**
 * Takes a member of `topKey` apart: the rule, and who or what its decisions were about. Tenants and operations of callers
 * are counted under the rule that counts by them, everything else under the first rule of its decision.
 */
export function parseTopMember(member: string): { rule: RuleKey; label: string } | null {
  const separator = member.indexOf("|");
  const rule = member.slice(0, separator);
  return isRuleKey(rule) ? { rule, label: member.slice(separator + 1) } : null;
}

/** HyperLogLog of the network addresses that a rule has seen in a minute. */
export function uniqueAddressesKey(rule: RuleKey, minute: number): string {
  return `${limitKeyPrefix}u:${rule}:${minute}`;
}

/**
 * Sorted set by spread in an hour, for the sign-in rules. `address`: members are addresses, scores the different
 * accounts that each tried (spraying). `account`: members are accounts, scores the different addresses that tried each
 * (stuffing). Estimates.
 */
export function spreadKey(of: "address" | "account", hour: number): string {
  return `${limitKeyPrefix}spread:${of}:${hour}`;
}

/** Sorted set of block ids by the time until which each refuses, in milliseconds. Members of the past may linger. */
export function blockedKey(tenantId: string | null): string {
  return tenantId === null ? `${limitKeyPrefix}blocked` : `${limitKeyPrefix}blocked:t:${tenantId}`;
}

/**
 * Hash that says what a block is about, as long as it lasts: `dimension`, `label`, `attempts` (refused since it began),
 * `since` (milliseconds), and `userId`, `tenantId`, `address`, `path` where they are known.
 */
export function whoKey(rule: RuleKey, hash: string): string {
  return `${limitKeyPrefix}who:${toBlockId(rule, hash)}`;
}

/** List of the last refusals as JSON, the newest first; see `Refusal`. */
export function refusalsKey(tenantId: string | null): string {
  return tenantId === null ? `${limitKeyPrefix}refusals` : `${limitKeyPrefix}refusals:t:${tenantId}`;
}

/** An entry of `refusalsKey`. Facts that were not known are left out. */
export type Refusal = {
  /** Milliseconds since 1970. */
  at: number;
  rule: RuleKey;
  blockId: string;
  dimension: RuleDimension;
  /** Who was refused: a user id, a masked e-mail address, an address block, a session or key. */
  label: string;
  retryAfterMilliseconds: number;
  tenantId?: string;
  userId?: string;
  address?: string;
  path?: string;
};

/**
 * Stream of attempts for rules that record each, and of what undid them. Fields: `rule`, `outcome`, `hash`, `label`,
 * `cost`, `entry`, and `tenantId`, `userId`, `address`, `path` where they are known; of an outcome `returned` only rule,
 * hash, cost and entry, of `cleared` only rule and hash. The id begins with the milliseconds.
 */
export const attemptsKey = `${limitKeyPrefix}attempts`;

/** Sorted set of the processes that serve, by when each last said so. */
export const instancesKey = `${limitKeyPrefix}instances`;

/** A random value that lives as long as Redis' memory: another one means that counters were lost. */
export const memoryKey = `${limitKeyPrefix}e`;
