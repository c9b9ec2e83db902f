import type { OperationTools } from "@/lib/operations/define-operation";
import { standFences, unlinkEntries } from "./session-fences";

/** Makes a token that the transaction takes out of use worthless at once: no instance believes its entry any more. */
export function fenceToken<Result>(
  tools: Pick<OperationTools<Result>, "beforeCommit" | "afterCommit">,
  tokenHash: string,
): void {
  const target = { tokenHashes: [tokenHash] };
  tools.beforeCommit(async () => {
    await standFences(target);
  });
  tools.afterCommit(async (result) => {
    await standFences(target);
    await unlinkEntries(target);
    return result;
  });
}
