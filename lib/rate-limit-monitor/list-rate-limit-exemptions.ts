import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import { defineQuery } from "@/lib/operations/define-operation";
import { pageOutput } from "@/lib/operations/list-input";
import { listRateLimitExemptionsInput, rateLimitExemption } from "./exemption-schemas";
import { findPage } from "./exemptions-repository";
import { toExemption } from "./to-exemption";

const position = z.strictObject({ expiresAt: z.string(), id: z.uuid() });

/** One page of whom no rule refuses; a tenant sees those that it made. */
export const listRateLimitExemptions = defineQuery({
  name: "listRateLimitExemptions",
  summary: "List exemptions from the rate limits",
  scope: "either",
  permission: "rate-limits.read",
  input: listRateLimitExemptionsInput,
  output: pageOutput(rateLimitExemption),
  run: async ({ ctx, tx }, { limit, cursor, sort, search = "", ...rest }) => {
    const filters = { ...rest, search: search.trim() };
    const binding = { name: "listRateLimitExemptions", scope: ctx.scope, filters, sort };
    const after = cursor === undefined ? undefined : decodeCursor(binding, cursor, position);
    const rows = await findPage(tx, { filters, sort, after, limit: limit + 1 });
    const data = rows.slice(0, limit).map(toExemption);
    const last = rows.length > limit ? data.at(-1) : undefined;
    return { data, nextCursor: last ? encodeCursor(binding, { expiresAt: last.expiresAt, id: last.id }) : null };
  },
});
