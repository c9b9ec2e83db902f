import type { OperationTools } from "@/lib/operations/define-operation";
import { standFences } from "./session-fences";

/**
 * Makes every check ask Postgres for a minute, from before the commit on: for changes to what a cached session says of
 * its tenant. Ends nothing.
 */
export function fenceAllSessions<Result>(tools: Pick<OperationTools<Result>, "beforeCommit" | "afterCommit">): void {
  tools.beforeCommit(async () => void (await standFences("all")));
  tools.afterCommit(async (result) => {
    await standFences("all");
    return result;
  });
}
