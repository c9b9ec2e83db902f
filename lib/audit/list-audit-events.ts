import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import { defineQuery } from "@/lib/operations/define-operation";
import { pageOutput } from "@/lib/operations/list-input";
import { findPage } from "./events-repository";
import { auditEvent, listAuditEventsInput } from "./schemas";
import { toAuditEvent } from "./to-audit-event";

const position = z.strictObject({ at: z.string(), id: z.uuid() });

/** One page of the audit log of the caller's scope, newest first. Reading it is itself recorded. */
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
  run: async ({ ctx, tx }, { limit, cursor, ...filters }) => {
    const binding = { name: "listAuditEvents", scope: ctx.scope, filters, sort: "-at" };
    const after = cursor === undefined ? undefined : decodeCursor(binding, cursor, position);
    const rows = await findPage(tx, { filters, after, limit: limit + 1 });
    const data = rows.slice(0, limit).map(toAuditEvent);
    const last = rows.length > limit ? data.at(-1) : undefined;
    return { data, nextCursor: last ? encodeCursor(binding, { at: last.at, id: last.id }) : null };
  },
});
