import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import { isId } from "@/lib/db/new-id";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { AppError, notFound } from "@/lib/errors/app-error";
import { defineQuery } from "@/lib/operations/define-operation";
import { pageOutput } from "@/lib/operations/list-input";
import { listSessionsInput, session } from "./schemas";
import { findOwner } from "./session-end-repository";
import { findMatchingUserIds, findPage } from "./sessions-page-repository";
import { toSession } from "./to-session";

const position = z.strictObject({ createdAt: z.string(), id: z.uuid() });

/** A text may match this many users; sessions of more are no list that anybody reads. */
const matchingUsersMax = 500;

/** One page of the sessions in the caller's scope: live ones, ended ones, or both. Never a token. */
export const listSessions = defineQuery({
  name: "listSessions",
  summary: "List sessions",
  scope: "either",
  permission: "sessions.read",
  input: listSessionsInput,
  output: pageOutput(session),
  run: async ({ ctx, tx }, { limit, cursor, sort, status, search = "", ...filters }) => {
    const text = search.trim();
    const binding = { name: "listSessions", scope: ctx.scope, filters: { ...filters, status, search: text }, sort };
    const after = cursor === undefined ? undefined : decodeCursor(binding, cursor, position);
    const empty = { data: [], nextCursor: null };
    if (filters.userId !== undefined && !isId(filters.userId)) throw notFound("user");
    const userIds = text === "" ? undefined : await findUserIds(tx, text);
    if (userIds?.length === 0) return empty;
    const inTenant = ctx.scope.kind === "tenant";
    const query = { filters: { ...filters, userIds }, status, sort, after, limit: limit + 1, inTenant };
    const rows = await findPage(tx, query);
    // Whoever has been deleted is found by the history they left; nobody at all is no empty list.
    if (rows.length === 0 && filters.userId && !(await findOwner(tx, filters.userId))) throw notFound("user");
    const own = ctx.actor.type === "user" ? ctx.actor.sessionId : null;
    const data = rows.slice(0, limit).map((row) => toSession(row, own));
    const last = rows.length > limit ? data.at(-1) : undefined;
    return { data, nextCursor: last ? encodeCursor(binding, { createdAt: last.createdAt, id: last.id }) : null };
  },
});

async function findUserIds(tx: ScopedTx, search: string): Promise<string[]> {
  const ids = await findMatchingUserIds(tx, search, matchingUsersMax + 1);
  if (ids.length <= matchingUsersMax) return ids;
  throw new AppError("INVALID_INPUT", "Too many people match this text. Type more of the address or name.", {
    errors: [{ path: "search", message: `Matches more than ${matchingUsersMax} users.` }],
  });
}
