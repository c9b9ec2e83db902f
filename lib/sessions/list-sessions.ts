import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { withinStatementTime } from "@/lib/db/statement-time";
import { AppError, notFound } from "@/lib/errors/app-error";
import { defineQuery } from "@/lib/operations/define-operation";
import { pageOutput } from "@/lib/operations/list-input";
import { findSessionsPage } from "./find-sessions-page";
import { resolveSessionFilter } from "./resolve-session-filter";
import { listSessionsInput, session } from "./schemas";
import { findOwner } from "./session-end-repository";
import { sessionOrders } from "./session-orders";
import type { SessionRow } from "./sessions-page-repository";
import { toSession } from "./to-session";

const position = z.strictObject({ at: z.string(), id: z.uuid(), asOf: z.string().optional() });

/** Longer than this nobody waits for a page: a filter that takes it is to be narrowed. */
const searchMilliseconds = 4_000;

const output = pageOutput(session).extend({
  asOf: z.iso
    .datetime()
    .nullable()
    .describe("In an order by last seen: sessions that were seen after this moment may be missing on later pages."),
});

/** One page of the sessions in the caller's scope: live ones, ended ones, or both. Never a token. */
export const listSessions = defineQuery({
  name: "listSessions",
  summary: "List sessions",
  scope: "either",
  permission: "sessions.read",
  input: listSessionsInput,
  output,
  run: async ({ ctx, tx }, { limit, cursor, sort, status, ...filters }) => {
    const asked = { ...filters, search: filters.search?.trim() };
    const binding = { name: "listSessions", scope: ctx.scope, filters: { ...asked, status }, sort };
    const after = cursor === undefined ? undefined : decodeCursor(binding, cursor, position);
    const tenantId = ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null;
    const find = async () => {
      const filter = await resolveSessionFilter(tx, asked, tenantId !== null);
      return findSessionsPage(tx, { filter, status, sort, after, limit: limit + 1, tenantId });
    };
    const isNarrowed = Object.values(asked).some((value) => value !== undefined && value !== "");
    const rows = await (isNarrowed ? withinSearchTime(tx, find) : find());
    // Whoever has been deleted is found by the history they left; nobody at all is no empty list.
    if (rows.length === 0 && filters.userId && !(await findOwner(tx, filters.userId))) throw notFound("user");
    const own = ctx.actor.type === "user" ? ctx.actor.sessionId : null;
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const asOf = sessionOrders[sort].moves ? (after?.asOf ?? latestOf(rows)) : undefined;
    return {
      data: page.map((row) => toSession(row, own)),
      nextCursor: last
        ? encodeCursor(binding, { at: last.at.toISOString(), id: last.id, ...(asOf && { asOf }) })
        : null,
      asOf: asOf ?? null,
    };
  },
});

// No earlier than what the first page shows: another instance's clock may be ahead.
function latestOf(rows: SessionRow[]): string {
  return new Date(Math.max(Date.now(), ...rows.map(({ at }) => at.getTime()))).toISOString();
}

function withinSearchTime<T>(tx: ScopedTx, work: () => Promise<T>): Promise<T> {
  const onTimeout = () =>
    new AppError(
      "INVALID_INPUT",
      "Finding these sessions takes too long. Narrow the filter: name a user, a tenant, an address or a shorter time.",
    );
  return withinStatementTime(tx, { milliseconds: searchMilliseconds, onTimeout }, work);
}
