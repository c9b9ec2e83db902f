import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import { defineQuery } from "@/lib/operations/define-operation";
import { pageOutput } from "@/lib/operations/list-input";
import type { RequestContext } from "@/lib/operations/request-context";
import {
  findAliveOne,
  findAlivePage,
  findEndedPage,
  type OwnSessionPosition,
  type OwnSessionRow,
} from "./own-sessions-repository";
import { personOf } from "./person-of";
import { listOwnSessionsInput, ownSession } from "./schemas";
import { type OwnSessionsViewer, toOwnSession } from "./to-own-session";

const position = z.strictObject({ at: z.string(), id: z.uuid() });

/** Where the caller's own session stands, before all others: in Postgres' words, later than any time. */
const firstOfAll = "infinity";

/** One page of the caller's own sessions: the live ones, with the one that asks first, or those that have ended. */
export const listOwnSessions = defineQuery({
  name: "listOwnSessions",
  summary: "List the caller's own sessions",
  scope: "self",
  permission: null,
  input: listOwnSessionsInput,
  output: pageOutput(ownSession),
  run: async ({ ctx, tx }, { status, limit, cursor }) => {
    const viewer = viewerOf(ctx);
    const binding = { name: "listOwnSessions", scope: ctx.scope, filters: { ...viewer, status }, sort: status };
    const after = cursor === undefined ? undefined : decodeCursor(binding, cursor, position);
    const { userId, sessionId, confinedTo } = viewer;
    const query = { userId, confinedTo, after, limit: limit + 1 };
    const first = status === "active" && after === undefined ? await findAliveOne(tx, viewer, sessionId) : null;
    const others =
      status === "active" ? await findAlivePage(tx, { ...query, except: sessionId }) : await findEndedPage(tx, query);
    const rows = first ? [first, ...others] : others;
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      data: page.map((row) => toOwnSession(row, viewer)),
      nextCursor: last
        ? encodeCursor(binding, last === first ? { at: firstOfAll, id: last.id } : positionOf(last))
        : null,
    };
  },
});

function positionOf({ id, endedAt, createdAt }: OwnSessionRow): OwnSessionPosition {
  return { at: (endedAt ?? createdAt).toISOString(), id };
}

function viewerOf(ctx: RequestContext): OwnSessionsViewer {
  const { id, sessionId, impersonatedBy } = personOf(ctx);
  return { userId: id, sessionId, confinedTo: impersonatedBy?.confinedTenantId ?? null };
}
