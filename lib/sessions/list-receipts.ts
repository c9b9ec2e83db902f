import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import { defineQuery } from "@/lib/operations/define-operation";
import { pageOutput } from "@/lib/operations/list-input";
import { findPage } from "./receipt-repository";
import { listReceiptsInput, receipt } from "./receipt-schemas";
import { toReceipt } from "./to-receipt";

const position = z.strictObject({ requestedAt: z.string(), id: z.uuid() });

/** One page of the receipts of the caller's scope, newest first. */
export const listReceipts = defineQuery({
  name: "listReceipts",
  summary: "List the receipts of revocations",
  scope: "either",
  permission: "receipts.read",
  input: listReceiptsInput,
  output: pageOutput(receipt),
  run: async ({ ctx, tx }, { limit, cursor, ...filters }) => {
    const binding = { name: "listReceipts", scope: ctx.scope, filters, sort: "-requestedAt" };
    const after = cursor === undefined ? undefined : decodeCursor(binding, cursor, position);
    const data = (await findPage(tx, { filters, after, limit: limit + 1 })).map(toReceipt);
    const page = data.slice(0, limit);
    const last = data.length > limit ? page.at(-1) : undefined;
    return {
      data: page,
      nextCursor: last ? encodeCursor(binding, { requestedAt: last.requestedAt, id: last.id }) : null,
    };
  },
});
