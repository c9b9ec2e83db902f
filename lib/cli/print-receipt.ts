import type { Receipt } from "@/lib/sessions/receipt-schemas";
import { formatQuantity } from "@/lib/ui/format";
import { formatDocument } from "./cli-output";
import { exact } from "./format-time";

const sessions = { one: "session", many: "sessions" };
const users = { one: "user", many: "users" };

/** A receipt as a document for people: what ended, where, when, and for how long it might still have been accepted. */
export function formatReceipt(receipt: Receipt): string {
  const { stores, verified } = receipt;
  return formatDocument(`Receipt ${receipt.id}`, [
    ["Status", receipt.status],
    ["What", receipt.target ? `${receipt.kind} ${receipt.target.name ?? receipt.target.id}` : receipt.kind],
    ["Filter", filterOf(receipt)],
    ["Ended", endedOf(receipt)],
    ["Left out", receipt.leftOut.sessions === 0 ? null : formatQuantity(receipt.leftOut.sessions, sessions)],
    ["Reason", receipt.reason],
    ["By", `${receipt.actor.name} (${receipt.actor.type})`],
    ["Requested", exact(receipt.requestedAt)],
    ["Effective", exact(receipt.effectiveAt) ?? "not yet"],
    ["Completed", exact(receipt.completedAt) ?? "not yet"],
    ["Postgres", `${stores.postgres.status}, ${exact(stores.postgres.at)}`],
    ["Redis", stores.redis.at === null ? stores.redis.status : `${stores.redis.status}, ${exact(stores.redis.at)}`],
    [
      "Worst case",
      receipt.worstCaseSeconds === 0
        ? "0 s: nothing is accepted any more"
        : `accepted for at most ${receipt.worstCaseSeconds} s`,
    ],
    ["Verified", `${verified.checked} of the ended tried again, ${verified.stillAccepted} still accepted`],
  ]);
}

function filterOf({ filter }: Receipt): string | null {
  if (filter === null) return null;
  const fields = Object.entries(filter).map(([field, value]) => `${field} ${value}`);
  return fields.length === 0 ? "everything in the scope" : fields.join(", ");
}

function endedOf({ ended, users: people, progress }: Receipt): string {
  if (ended === null)
    return `${progress.done} of ${progress.total ?? "many"} moved to the history so far; none is accepted any more`;
  return formatQuantity(ended, sessions) + (people === null ? "" : ` of ${formatQuantity(people, users)}`);
}
