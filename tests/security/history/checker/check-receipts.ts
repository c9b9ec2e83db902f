import type { Violation } from "../model/history";

/** A receipt as the API answers it when everything has come to rest. */
export type FinalReceipt = {
  id: string;
  status: "complete" | "pending";
  matched: number | null;
  ended: number | null;
  worstCaseSeconds: number;
  stores: { redis: { status: "fenced" | "pending" } };
  verified: { checked: number; stillAccepted: number };
};

/** E: receipts tell the truth. That nothing was accepted after the time they state is rule A, which reads them. */
export function checkReceipts(receipts: readonly FinalReceipt[]): Violation[] {
  return receipts.flatMap((receipt): Violation[] => {
    const faults = faultsOf(receipt);
    return faults.map((fault) => ({ rule: "E" as const, text: `receipt ${receipt.id} ${fault}` }));
  });
}

function faultsOf({ status, matched, ended, stores, verified }: FinalReceipt): string[] {
  const faults: string[] = [];
  if (status === "pending") faults.push("never finished");
  if (status === "complete" && stores.redis.status !== "fenced") faults.push("is complete and not fenced");
  if (verified.stillAccepted > 0) faults.push(`saw ${verified.stillAccepted} ended sessions accepted`);
  if (status === "complete" && ended === null) faults.push("is complete and does not say how many it ended");
  // Fewer than matched is true of one that somebody else ended in between; more is not.
  if (matched !== null && ended !== null && ended > matched) faults.push(`matched ${matched} and ended ${ended}`);
  return faults;
}
