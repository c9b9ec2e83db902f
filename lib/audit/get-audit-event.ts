import { isId } from "@/lib/db/new-id";
import { notFound } from "@/lib/errors/app-error";
import { defineQuery } from "@/lib/operations/define-operation";
import { findById } from "./events-repository";
import { auditEvent, auditEventIdInput } from "./schemas";
import { toAuditEvent } from "./to-audit-event";

/** One event of the audit log. Reading it is itself recorded. */
export const getAuditEvent = defineQuery({
  name: "getAuditEvent",
  summary: "Get an audit event",
  scope: "either",
  permission: "audit.read",
  audit: {
    action: "audit.read",
    event: ({ eventId }) => ({
      target: { type: "audit-event", id: eventId, name: null },
      details: { filters: {} },
    }),
  },
  input: auditEventIdInput,
  output: auditEvent,
  run: async ({ tx }, { eventId }) => {
    const row = isId(eventId) ? await findById(tx, eventId) : null;
    if (!row) throw notFound("audit event");
    return toAuditEvent(row);
  },
});
