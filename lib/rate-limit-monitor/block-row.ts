import type { RuleKey } from "@/lib/rate-limits/rule-catalogue";
import { type BlockPosition, endlessMilliseconds } from "./block-order";
import type { RateLimitBlock, RateLimitBlockKind } from "./block-schemas";
import type { ManualBlockRow } from "./blocks-repository";
import type { AutomaticBlock } from "./find-automatic-blocks";
import { type LockoutRow, toLockoutId } from "./lockouts-repository";
import type { RecordedSubject } from "./to-subjects";

/** A block of any kind. */
export type BlockRow = BlockPosition & {
  kind: RateLimitBlockKind;
  rule: RuleKey | null;
  subject: RecordedSubject;
  attempts: number | null;
  since: Date | null;
  secondsLeft: number | null;
  reason: string | null;
  createdBy: RateLimitBlock["createdBy"];
};

/** A key that a rule refuses; `now` by Redis' clock. */
export function ofAutomatic({ id, rule, until, dimension, facts }: AutomaticBlock, now: number): BlockRow {
  const { label, userId, tenantId } = facts;
  return {
    id,
    until,
    kind: "automatic",
    rule,
    subject: { dimension, label, userId, tenantId },
    attempts: facts.attempts,
    since: facts.since === null ? null : new Date(facts.since),
    secondsLeft: Math.max(0, Math.ceil((until - now) / 1_000)),
    reason: null,
    createdBy: null,
  };
}

/** A block that an operator set. */
export function ofManual(row: ManualBlockRow): BlockRow {
  const { dimension, label, userId, tenantId } = row;
  return {
    id: row.id,
    until: row.blockedUntil.getTime(),
    kind: "manual",
    rule: null,
    subject: { dimension, label, userId, tenantId },
    attempts: null,
    since: row.createdAt,
    secondsLeft: row.secondsLeft,
    reason: row.reason,
    createdBy: { type: row.createdByType, id: row.createdById, name: row.createdByName },
  };
}

/** An account that is locked out. */
export function ofLockout({
  userId,
  homeTenantId,
  failures,
  lockedUntil,
  secondsLeft,
  lastTriedAt,
}: LockoutRow): BlockRow {
  return {
    id: toLockoutId(userId),
    until: lockedUntil?.getTime() ?? endlessMilliseconds,
    kind: "lockout",
    rule: null,
    subject: { dimension: "account", label: userId, userId, tenantId: homeTenantId },
    attempts: failures,
    since: lastTriedAt,
    secondsLeft,
    reason: null,
    createdBy: null,
  };
}
