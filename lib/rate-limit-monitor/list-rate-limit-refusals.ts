import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import { isId } from "@/lib/db/new-id";
import { defineQuery } from "@/lib/operations/define-operation";
import { pageOutput } from "@/lib/operations/list-input";
import { type LastRefusal, readRefusals } from "./refusals-store";
import { listRateLimitRefusalsInput, rateLimitRefusal } from "./series-schemas";
import { toSubjects } from "./to-subjects";

const position = z.strictObject({ at: z.string().regex(/^\d{1,16}$/), nth: z.string().regex(/^\d{1,4}$/) });

/** One page of the last 200 refusals, newest first; in a tenant of those that concerned it. */
export const listRateLimitRefusals = defineQuery({
  name: "listRateLimitRefusals",
  summary: "List the last refusals of the rate limits",
  scope: "either",
  permission: "rate-limits.read",
  input: listRateLimitRefusalsInput,
  output: pageOutput(rateLimitRefusal),
  run: async ({ ctx, tx }, { rule, search = "", limit, cursor }) => {
    const text = search.trim().toLowerCase();
    const binding = { name: "listRateLimitRefusals", scope: ctx.scope, filters: { rule, search: text }, sort: "-at" };
    const after = cursor === undefined ? undefined : decodeCursor(binding, cursor, position);
    const refusals = await readRefusals(ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null);
    const wanted = refusals.filter((one) => {
      if (rule !== undefined && one.rule !== rule) return false;
      return holdsText(one, text) && isBehind(one, after);
    });
    const page = wanted.slice(0, limit);
    const subjects = await toSubjects(tx, page);
    const last = wanted.length > limit ? page.at(-1) : undefined;
    return {
      data: page.flatMap((one, index) => (subjects[index] ? [{ ...toRefusal(one), subject: subjects[index] }] : [])),
      nextCursor: last ? encodeCursor(binding, { at: String(last.at), nth: String(last.nth) }) : null,
    };
  },
});

function toRefusal({ at, nth, rule, blockId, address, path }: LastRefusal) {
  return {
    id: `${at}-${nth}`,
    at: new Date(at).toISOString(),
    rule,
    manual: isId(blockId),
    address: address ?? null,
    path: path ?? null,
    blockId,
  };
}

function holdsText({ label, address, path, userId, blockId }: LastRefusal, text: string): boolean {
  return [label, address, path, userId, blockId].some((one) => one?.toLowerCase().includes(text));
}

function isBehind({ at, nth }: LastRefusal, after: { at: string; nth: string } | undefined): boolean {
  if (!after) return true;
  return at < Number(after.at) || (at === Number(after.at) && nth < Number(after.nth));
}
