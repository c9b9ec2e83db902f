import { z } from "zod";
import { cursorInput, limitInput, timeInput } from "@/lib/operations/list-input";

/** How an act ended. */
export const auditOutcomes = ["success", "denied", "failure"] as const;

const person = z.object({ id: z.string().nullable(), name: z.string() });

/** One event of the log. */
export const auditEvent = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  action: z.string(),
  outcome: z.enum(auditOutcomes),
  actor: person.extend({ type: z.string() }).describe("Who acted, named as at the time."),
  impersonator: person.nullable().describe("The administrator behind a session that acted as somebody else."),
  target: z.object({ type: z.string(), id: z.string(), name: z.string().nullable() }).nullable(),
  tenantId: z.string().nullable().describe("The tenant concerned; null: the platform."),
  tenant: z
    .object({ id: z.string(), slug: z.string(), name: z.string() })
    .nullable()
    .describe("That tenant as it is called now; null for the platform, and for one that is gone."),
  reason: z.string().nullable(),
  changes: z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() })).nullable(),
  details: z.record(z.string(), z.unknown()).nullable(),
  requestId: z.string(),
  clientAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  source: z.string().describe("The door: console, api, cli, job or auth."),
});

/** One event of the log. */
export type AuditEvent = z.output<typeof auditEvent>;

const bareId = z.string().min(1).max(200);

/** The filters and the page of the audit log; newest first. */
export const listAuditEventsInput = z.strictObject({
  actor: bareId.optional().describe("The id of who acted."),
  action: z.string().min(1).max(100).optional(),
  target: bareId.optional().describe("The id of what was acted upon."),
  outcome: z.enum(auditOutcomes).optional(),
  tenant: z.string().min(1).max(100).optional().describe("The id or slug of the tenant concerned."),
  ip: z
    .union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], "Not an address or a CIDR.")
    .optional()
    .describe("An address or a CIDR."),
  requestId: z.string().min(1).max(100).optional(),
  search: z
    .string()
    .max(200)
    .optional()
    .describe(
      "Part of the action, the actor's name, the target's name or the reason; 20,000 events a page are looked through, so that a page may be short.",
    ),
  from: timeInput.optional(),
  to: timeInput.optional(),
  limit: limitInput,
  cursor: cursorInput,
});

/** The filters and the page of the audit log, parsed. */
export type ListAuditEventsInput = z.output<typeof listAuditEventsInput>;

/** Names one event. */
export const auditEventIdInput = z.strictObject({ eventId: z.string().min(1).max(200) });
