import type { CountedOutcome } from "@/lib/rate-limits/limit-keys";
import type { RuleKey } from "@/lib/rate-limits/rule-catalogue";

/** What one rule decided in a minute. */
export type MinuteCounts = Record<CountedOutcome, number>;

/** What a rule counted in a minute since 1970, everywhere. */
export type MinuteTally = MinuteCounts & { rule: RuleKey; minute: number; uniqueAddresses: number };

/** What a rule counted in a minute for one tenant. */
export type TenantMinuteTally = MinuteCounts & { tenantId: string; rule: RuleKey; minute: number };

/** An attempt, or what undid one, with its place in the stream of Redis. */
export type StreamedAttempt = {
  at: Date;
  sequence: number;
  rule: RuleKey;
  outcome: "allowed" | "refused" | "observed" | "returned" | "cleared";
  /** The hash of whom it was about. */
  hash: string;
  label: string;
  cost: number;
  entry: string | null;
  userId: string | null;
};
