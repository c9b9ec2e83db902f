import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import { defineQuery } from "@/lib/operations/define-operation";
import { pageOutput } from "@/lib/operations/list-input";
import { listRateLimitBlocksInput, rateLimitBlock } from "./block-schemas";
import { findBlocksPage } from "./find-blocks-page";
import { toBlocks } from "./to-blocks";

const position = z.strictObject({ until: z.string().regex(/^\d{1,16}$/), id: z.string() });

/**
 * One page of whom the rate limits refuse now: keys that have run into a rule, blocks that operators set, and accounts
 * that are locked out. In a tenant: those that concern its accounts.
 */
export const listRateLimitBlocks = defineQuery({
  name: "listRateLimitBlocks",
  summary: "List blocks of the rate limits",
  scope: "either",
  permission: "rate-limits.read",
  input: listRateLimitBlocksInput,
  output: pageOutput(rateLimitBlock),
  run: async ({ ctx, tx }, { limit, cursor, sort, search = "", kind, rule, dimension, tenant }) => {
    const text = search.trim();
    const filters = { search: text, kind, rule, dimension, tenant };
    const binding = { name: "listRateLimitBlocks", scope: ctx.scope, filters, sort };
    const after = cursor === undefined ? undefined : decodeCursor(binding, cursor, position);
    const { rows, next } = await findBlocksPage(tx, {
      ...filters,
      descending: sort.startsWith("-"),
      after: after && { until: Number(after.until), id: after.id },
      limit,
      scopeTenantId: ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null,
    });
    return {
      data: await toBlocks({ ctx, tx }, rows),
      nextCursor: next ? encodeCursor(binding, { until: String(next.until), id: next.id }) : null,
    };
  },
});
