import { isAppError } from "@/lib/errors/app-error";
import { logger } from "@/lib/observability/logger";
import { metrics } from "@/lib/observability/metrics";
import type { Operation } from "./define-operation";
import type { RequestContext } from "./request-context";

/** One log line and one observation for one run of an operation; `error` is what it threw, if it did. */
export function reportOperation(
  operation: Operation,
  ctx: RequestContext,
  { startedAt, error }: { startedAt: number; error?: unknown },
): void {
  const seconds = (performance.now() - startedAt) / 1000;
  const outcome = outcomeOf(error);
  metrics.get().operationSeconds.observe({ operation: operation.name, outcome }, seconds);
  const line = {
    operation: operation.name,
    outcome,
    milliseconds: Math.round(seconds * 1e6) / 1e3,
    actor: ctx.actor.id ?? ctx.actor.type,
    scope: ctx.scope.kind,
    requestId: ctx.requestId,
  };
  if (outcome === "INTERNAL") logger.get().error({ ...line, err: error }, "operation failed");
  else logger.get().info(line, "operation");
}

function outcomeOf(error: unknown): string {
  if (error === undefined) return "ok";
  return isAppError(error) ? error.code : "INTERNAL";
}
