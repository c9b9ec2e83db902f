import { randomBytes } from "node:crypto";
import { runtimePart } from "@/lib/config/runtime";
import { type CircuitBreaker, createCircuitBreaker } from "@/lib/sessions/circuit-breaker";
import { createLocalLimits, type LocalLimits } from "./local-limits";
import { createRecordedTops, type RecordedTops } from "./recorded-tops";
import type { RuleKey } from "./rule-catalogue";

/** What one process knows of the limiter, whatever bundle asks. */
export type LimiterState = {
  instanceId: string;
  breaker: CircuitBreaker;
  local: LocalLimits;
  /** Processes that serve, as last known; while Redis is away each admits its share. */
  instances: number;
  /** Beats in a row that have counted fewer. */
  fewerCounted: number;
  /** The value of Redis' memory as last seen; "" before the first answer. */
  memory: string;
  /** When Redis was found to have lost its counters, on `performance.now`. */
  memoryLostAt: number;
  /** Whether this process has ever decided alone. */
  hasDecidedAlone: boolean;
  /** Since when decisions are made without Redis, in milliseconds since 1970; null while they are not. */
  degradedSince: number | null;
  /** Decisions made without Redis that Redis has not been told of. */
  degraded: Map<RuleKey, number>;
  tops: RecordedTops;
  /** Carries the busiest to Redis when no decision does. */
  topsTimer: NodeJS.Timeout | null;
};

const part = runtimePart<LimiterState>("limiter");

/** The process's state; made when it is first asked for. */
export function limiterState(): LimiterState {
  const known = part.peek();
  if (known) return known;
  const fresh: LimiterState = {
    instanceId: randomBytes(9).toString("base64url"),
    breaker: createCircuitBreaker(),
    local: createLocalLimits(),
    instances: 1,
    fewerCounted: 0,
    memory: "",
    memoryLostAt: Number.NEGATIVE_INFINITY,
    hasDecidedAlone: false,
    degradedSince: null,
    degraded: new Map(),
    tops: createRecordedTops(),
    topsTimer: null,
  };
  part.set(fresh);
  return fresh;
}

/**
 * Takes note of the value of Redis' memory. Another one than before means that the counters are gone; so may the first
 * one that a process sees, if it has decided alone before.
 */
export function noteMemory(memory: string): void {
  const state = limiterState();
  if (memory === "" || memory === state.memory) return;
  if (state.memory !== "" || state.hasDecidedAlone) state.memoryLostAt = performance.now();
  state.memory = memory;
}
