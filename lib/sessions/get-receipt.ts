import { isId } from "@/lib/db/new-id";
import { notFound } from "@/lib/errors/app-error";
import { defineQuery } from "@/lib/operations/define-operation";
import { findById } from "./receipt-repository";
import { receipt, receiptIdInput } from "./receipt-schemas";
import { toReceipt } from "./to-receipt";

/** One receipt of the caller's scope. Throws `NOT_FOUND`. */
export const getReceipt = defineQuery({
  name: "getReceipt",
  summary: "Get the receipt of a revocation",
  scope: "either",
  permission: "receipts.read",
  input: receiptIdInput,
  output: receipt,
  run: async ({ tx }, { receiptId }) => {
    const row = isId(receiptId) ? await findById(tx, receiptId) : null;
    if (!row) throw notFound("receipt");
    return toReceipt(row);
  },
});
