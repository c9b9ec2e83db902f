import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import { defineQuery } from "@/lib/operations/define-operation";
import { findPage } from "./repository";
import { capturedMailPage, listCapturedMailInput } from "./schemas";

const position = z.strictObject({ createdAt: z.string(), id: z.uuid() });

/** One page of the mail that was captured instead of sent, newest first. */
export const listCapturedMail = defineQuery({
  name: "listCapturedMail",
  summary: "List captured mail",
  scope: "platform",
  permission: "mailbox.read",
  input: listCapturedMailInput,
  output: capturedMailPage,
  run: async ({ ctx, tx }, { limit, cursor, to }) => {
    const binding = { name: "listCapturedMail", scope: ctx.scope, filters: { to }, sort: "-createdAt" };
    const after = cursor === undefined ? undefined : decodeCursor(binding, cursor, position);
    const rows = await findPage(tx, { to, after, take: limit + 1 });
    const data = rows.slice(0, limit).map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
    const last = rows.length > limit ? data.at(-1) : undefined;
    return { data, nextCursor: last ? encodeCursor(binding, { createdAt: last.createdAt, id: last.id }) : null };
  },
});
