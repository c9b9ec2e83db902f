import { runOperation } from "@/lib/operations/run-operation";
import { finishRevocation } from "@/lib/sessions/finish-revocation";
import { getReceipt } from "@/lib/sessions/get-receipt";
import { listReceipts } from "@/lib/sessions/list-receipts";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import { formatNumber } from "@/lib/ui/format";
import type { CliTools } from "./run-command";

type FinishTools = Pick<CliTools, "ctx" | "output">;

/** Milliseconds between two looks at how far a large revocation has come. */
const lookEvery = 500;

/**
 * The receipt once it is complete. A server's worker would finish a large revocation; the CLI may be alone, so it does
 * that itself: the step is the worker's own, and doing it twice does no harm. A receipt whose Redis cannot be reached
 * stays pending, and says for how long a session may still be accepted.
 */
export async function finishReceipt({ ctx, output }: FinishTools, started: Receipt): Promise<Receipt> {
  if (started.status === "complete") return started;
  const look = () => runOperation(getReceipt, ctx, { receiptId: started.id });
  const show = async () => {
    const { progress } = await look();
    const total = progress.total === null ? "" : ` of ${formatNumber(progress.total)}`;
    output.progress(`Moved ${formatNumber(progress.done)}${total} ended sessions to the history`);
  };
  // A look that fails shows nothing; what matters is said by the work itself.
  const timer = setInterval(() => void show().catch(() => undefined), lookEvery);
  try {
    const finished = await finishRevocation(started.id, { graceSeconds: 0 });
    if (!finished)
      output.note("Redis cannot be reached. The receipt stays pending; the next start of an instance completes it.");
  } finally {
    clearInterval(timer);
    output.progress(null);
  }
  return look();
}

/** As `finishReceipt`, for an act that ended a user's sessions without answering with the receipt. */
export async function finishReceiptsOf(tools: FinishTools, userId: string): Promise<void> {
  const { data } = await runOperation(listReceipts, tools.ctx, {});
  for (const receipt of data) if (receipt.target?.id === userId) await finishReceipt(tools, receipt);
}
