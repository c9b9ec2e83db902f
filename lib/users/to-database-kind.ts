import type { RequestContext } from "@/lib/operations/request-context";

/** Which of the two database roles the transaction runs under: they may read different columns and tables. */
export function toDatabaseKind(ctx: RequestContext): "platform" | "tenant" {
  return ctx.scope.kind === "tenant" ? "tenant" : "platform";
}
