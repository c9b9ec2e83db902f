import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { defineQuery } from "@/lib/operations/define-operation";
import { pageOutput } from "@/lib/operations/list-input";
import {
  type AuditFilters,
  type AuditPosition,
  findPage,
  type StoredAuditEvent,
  searchPage,
} from "./events-repository";
import { auditEvent, listAuditEventsInput } from "./schemas";
import { toAuditEvent } from "./to-audit-event";

const position = z.strictObject({ at: z.string(), id: z.uuid() });

/**
 * One page of the audit log of the caller's scope, newest first. Reading it is itself recorded. A search finds its text in
 * the action, the names of actor and target, and the reason, and looks through 20,000 events a page: a page may be short,
 * or empty, and still have a `nextCursor`, behind which older events are left to look through.
 */
export const listAuditEvents = defineQuery({
  name: "listAuditEvents",
  summary: "List audit events",
  scope: "either",
  permission: "audit.read",
  audit: {
    action: "audit.read",
    event: ({ limit: _limit, cursor: _cursor, ...filters }) => ({ target: null, details: { filters } }),
  },
  input: listAuditEventsInput,
  output: pageOutput(auditEvent),
  run: async ({ ctx, tx }, { limit, cursor, search = "", ...filters }) => {
    const text = search.trim();
    const binding = { name: "listAuditEvents", scope: ctx.scope, filters: { ...filters, search: text }, sort: "-at" };
    const after = cursor === undefined ? undefined : decodeCursor(binding, cursor, position);
    const { rows, next } = await readPage(tx, { search: text, filters, after, limit });
    return { data: rows.map(toAuditEvent), nextCursor: next ? encodeCursor(binding, next) : null };
  },
});

type PageRequest = { search: string; filters: AuditFilters; after: AuditPosition | undefined; limit: number };

async function readPage(
  tx: ScopedTx,
  { limit, ...request }: PageRequest,
): Promise<{ rows: StoredAuditEvent[]; next: AuditPosition | null }> {
  const query = { ...request, limit: limit + 1 };
  const { rows, stoppedAt } =
    request.search === "" ? { rows: await findPage(tx, query), stoppedAt: null } : await searchPage(tx, query);
  if (rows.length <= limit) return { rows, next: stoppedAt };
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: last ? { at: last.at.toISOString(), id: last.id } : null };
}
