import type { OperationTools } from "@/lib/operations/define-operation";
import { replaceGrantsVersion } from "./grants-version";

/**
 * For every operation that changes a role, an assignment, a membership, a tenant's status or a user's state: makes all
 * instances forget what anybody may do, before the commit and again after it, so that what was read in between is
 * forgotten, too. Call it once, anywhere in `run`.
 */
export function replaceGrantsAround<Result>(tools: Pick<OperationTools<Result>, "beforeCommit" | "afterCommit">): void {
  tools.beforeCommit(async () => {
    await replaceGrantsVersion();
  });
  tools.afterCommit(async (result) => {
    await replaceGrantsVersion();
    return result;
  });
}
