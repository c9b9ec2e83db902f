import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import { defineQuery } from "@/lib/operations/define-operation";
import { pageOutput } from "@/lib/operations/list-input";
import { findPage } from "./repository";
import { apiKey, listApiKeysInput } from "./schemas";
import { toApiKey } from "./to-api-key";

const position = z.strictObject({ createdAt: z.string(), id: z.uuid() });

/** One page of the keys of the caller's scope; on the platform those of every tenant, too. Never a key itself. */
export const listApiKeys = defineQuery({
  name: "listApiKeys",
  summary: "List API keys",
  scope: "either",
  permission: "api-keys.read",
  input: listApiKeysInput,
  output: pageOutput(apiKey),
  run: async ({ ctx, tx }, { limit, cursor, sort, search = "", ...rest }) => {
    const filters = { ...rest, search: search.trim() };
    const binding = { name: "listApiKeys", scope: ctx.scope, filters, sort };
    const after = cursor === undefined ? undefined : decodeCursor(binding, cursor, position);
    const rows = await findPage(tx, { filters, sort, after, limit: limit + 1 });
    const data = rows.slice(0, limit).map(toApiKey);
    const last = rows.length > limit ? data.at(-1) : undefined;
    return { data, nextCursor: last ? encodeCursor(binding, { createdAt: last.createdAt, id: last.id }) : null };
  },
});
