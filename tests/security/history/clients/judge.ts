import { checkAudit } from "../checker/check-audit";
import { checkHistory } from "../checker/check-history";
import { checkListing } from "../checker/check-listing";
import { checkReceipts } from "../checker/check-receipts";
import type { Violation } from "../model/history";
import { finishedReceipts, lookAround } from "./state-at-rest";
import { noTraces, readEffects, readTraces, withDoubts, withWindows } from "./traces";
import type { Driving } from "./uses";

/** Everything that the run broke of A to E, once it has come to rest. */
export async function judge(driving: Driving): Promise<Violation[]> {
  const { recorder } = driving.world;
  const receipts = await finishedReceipts(driving);
  const rest = await lookAround(driving);
  const traces = await readTraces(driving.world);
  return [
    ...checkHistory(withWindows(recorder, await readEffects(driving.world))),
    ...checkListing(rest, driving.instances),
    ...checkAudit(withDoubts(recorder), (requestId) => traces.get(requestId) ?? noTraces),
    ...checkReceipts(receipts),
  ];
}
