import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
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
  /** Decisions of the rate limiter, by rule and outcome (`allowed`, `refused`, `observed`). */
  limitDecisions: Counter<"rule" | "outcome">;
  /** Those of them that this process made alone because Redis did not answer. */
  degradedDecisions: Counter<"rule">;
  /** Requests by what they said of where they come from: `plain`, `claimed`, `believed`, `silent`, `broken`. */
  clientAddresses: Counter<"kind">;
  /** What is wrong with how clients' addresses are known, by kind; 0: nothing. */
  clientAddressFindings: Gauge<"kind">;
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
    ...limitMetrics(registers),
    clientAddresses: new Counter({
      name: "gatehouse_client_addresses_total",
      help: "Requests by what they said of where they come from, health checks apart",
      labelNames: ["kind"],
      registers,
    }),
    clientAddressFindings: new Gauge({
      name: "gatehouse_client_address_findings",
      help: "What is wrong with how clients' addresses are known, by kind",
      labelNames: ["kind"],
      registers,
    }),
  };
}

function limitMetrics(registers: Registry[]) {
  return {
    limitDecisions: new Counter({
      name: "gatehouse_rate_limit_decisions_total",
      help: "Decisions of the rate limiter, by rule and outcome",
      labelNames: ["rule", "outcome"],
      registers,
    }),
    degradedDecisions: new Counter({
      name: "gatehouse_rate_limit_degraded_total",
      help: "Decisions of the rate limiter that were made without Redis, by rule",
      labelNames: ["rule"],
      registers,
    }),
  };
}
