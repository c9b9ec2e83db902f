import { runtimePart } from "@/lib/config/runtime";

/** Stops asking a store that does not answer, so that its death costs each request nothing but a comparison. */
export type CircuitBreaker = {
  /** Whether the store may be asked now. While it is thought dead, one caller a second is let through to find out. */
  admits: () => boolean;
  /** The store answered. */
  succeeded: () => void;
  /** The store failed or was too slow. */
  failed: () => void;
};

/** The breakers of the session check: one for each store. */
export const sessionBreakers = runtimePart<{ redis: CircuitBreaker; postgres: CircuitBreaker }>("session-breakers");

/** Failures in a row after which a store is thought dead. */
const failuresMax = 3;
/** Milliseconds between two probes of a store that is thought dead. */
const probeMilliseconds = 1_000;

/** Makes a closed breaker, one that admits everybody. */
export function createCircuitBreaker(now: () => number = () => performance.now()): CircuitBreaker {
  let failures = 0;
  let nextProbeAt = 0;
  return {
    admits: () => {
      if (failures < failuresMax) return true;
      if (now() < nextProbeAt) return false;
      nextProbeAt = now() + probeMilliseconds;
      return true;
    },
    succeeded: () => {
      failures = 0;
    },
    failed: () => {
      failures += 1;
      if (failures === failuresMax) nextProbeAt = now() + probeMilliseconds;
    },
  };
}
