import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";
import { runtimePart } from "@/lib/config/runtime";

/** Everything the process measures about itself. */
export type Metrics = {
  registry: Registry;
  /** Seconds per operation, by name and outcome (`ok` or the error code). */
  operationSeconds: Histogram<"operation" | "outcome">;
  /** Session checks by where the answer came from: `cache`, `postgres`, `refused`, `junk`, `unavailable`. */
  sessionChecks: Counter<"answer">;
  /** Sessions ended, by reason. */
  sessionsEnded: Counter<"reason">;
};

/** The process's one metrics registry. */
export const metrics = runtimePart<Metrics>("metrics");

/** Makes the registry with its series. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    operationSeconds: new Histogram({
      name: "gatehouse_operation_seconds",
      help: "Duration of operations in seconds",
      labelNames: ["operation", "outcome"],
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    sessionChecks: new Counter({
      name: "gatehouse_session_checks_total",
      help: "Session checks by where the answer came from",
      labelNames: ["answer"],
      registers,
    }),
    sessionsEnded: new Counter({
      name: "gatehouse_sessions_ended_total",
      help: "Sessions ended, by reason",
      labelNames: ["reason"],
      registers,
    }),
  };
}
