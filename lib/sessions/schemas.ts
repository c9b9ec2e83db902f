import { z } from "zod";
import { cursorInput, limitInput, reasonInput, timeInput } from "@/lib/operations/list-input";

/** Why a session ended: `unknown` never occurs unless something is broken. */
export const sessionEndReasons = [
  "signed_out",
  "revoked",
  "expired",
  "idle",
  "password_change",
  "lock",
  "deletion",
  "suspended",
  "removed",
  "replaced",
  "cap",
  "impersonation_ended",
  "unknown",
] as const;

/** A member of `sessionEndReasons`. */
export type SessionEndReason = (typeof sessionEndReasons)[number];

const time = z.iso.datetime();
const tenantReference = z.object({ id: z.string(), slug: z.string(), name: z.string() });
const namedReference = z.object({ id: z.string(), name: z.string() });
const actorReference = z.object({ type: z.string(), id: z.string().nullable(), name: z.string() });

/** A session as administrators see one. It has no field that could hold a token. */
export const session = z.object({
  id: z.string(),
  user: z.object({ id: z.string(), name: z.string().nullable(), email: z.string().nullable() }),
  tenant: tenantReference.nullable().describe("The tenant it is active in."),
  createdAt: time,
  lastSeenAt: time.describe("At most a minute late; the sign-in, where nothing came after it."),
  expiresAt: time.describe("The absolute limit."),
  ipAddress: z.string().nullable(),
  country: z.string().nullable().describe("ISO 3166-1 alpha-2."),
  browser: z.string().nullable(),
  os: z.string().nullable(),
  device: z.string().nullable(),
  method: z.string().describe("How the person signed in."),
  status: z.enum(["active", "ended"]),
  endedAt: time.nullable(),
  endReason: z.enum(sessionEndReasons).nullable(),
  endedBy: actorReference.nullable(),
  current: z.boolean().describe("Whether it is the caller's own."),
  impersonatedBy: namedReference.nullable().describe("The administrator who acts as the user in it."),
});

/** A session as administrators see one. */
export type Session = z.output<typeof session>;

/** The orders of the sessions list; a leading minus is descending. */
export const sessionSorts = ["createdAt", "-createdAt"] as const;

/** A member of `sessionSorts`. */
export type SessionSort = (typeof sessionSorts)[number];

/** Which sessions a list shows. */
export const sessionStatuses = ["active", "ended", "any"] as const;

/** An id in a path or body. One that names nothing, or is no id at all, is answered as absent. */
const id = z.string().min(1).max(200);

/** An address, or a range of them in CIDR notation. */
const addressOrRange = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], "An address or a CIDR range.");

/** The filters, order and page of the sessions list. */
export const listSessionsInput = z.strictObject({
  userId: id.optional(),
  search: z.string().max(200).optional().describe("Part of the user's address or name."),
  tenant: z.string().min(1).max(100).optional().describe("The id or slug of the tenant it is active in."),
  ip: addressOrRange.optional().describe("An address, or a range in CIDR notation."),
  country: z.string().length(2).toUpperCase().optional(),
  device: z.string().min(1).max(40).optional(),
  method: z.string().min(1).max(40).optional(),
  createdAfter: timeInput.optional(),
  createdBefore: timeInput.optional(),
  status: z.enum(sessionStatuses).default("active"),
  sort: z.enum(sessionSorts).default("-createdAt"),
  limit: limitInput,
  cursor: cursorInput,
});

/** The filters, order and page of the sessions list, parsed. */
export type ListSessionsInput = z.output<typeof listSessionsInput>;

/** The record of a revocation: what was ended, where, when, and for how long it might still have been accepted. */
export const receipt = z.object({
  id: z.string(),
  status: z.enum(["complete", "pending"]),
  kind: z.string().describe("`session`, `sessions`, `user` or `tenant`."),
  target: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  requestedAt: time,
  effectiveAt: time
    .nullable()
    .describe("From here on no instance accepts a covered session; may be some seconds ahead."),
  completedAt: time.nullable(),
  reason: z.string().nullable(),
  actor: actorReference,
  matched: z.number().int().nullable(),
  ended: z.number().int().nullable(),
  users: z.number().int().nullable(),
  progress: z.object({ done: z.number().int(), total: z.number().int().nullable() }),
  stores: z.object({
    postgres: z.object({ status: z.literal("committed"), at: time }),
    redis: z.object({ status: z.enum(["fenced", "pending"]), at: time.nullable() }),
  }),
  worstCaseSeconds: z.number().int(),
  verified: z.object({ checked: z.number().int(), stillAccepted: z.number().int() }),
});

/** The record of a revocation. */
export type Receipt = z.output<typeof receipt>;

/** Ends one session. */
export const revokeSessionInput = z.strictObject({ sessionId: id, reason: reasonInput.optional() });

/** Ends every session of one user. */
export const revokeUserSessionsInput = z.strictObject({ userId: id, reason: reasonInput.optional() });

/** Ends the named sessions, or every session of one user. */
export const revokeSessionsInput = z
  .strictObject({
    sessionIds: z
      .array(id)
      .min(1)
      .max(500)
      .optional()
      .describe("At most 500; those that have ended already are passed over."),
    userId: id.optional(),
    reason: reasonInput,
  })
  .refine(({ sessionIds, userId }) => (sessionIds === undefined) !== (userId === undefined), {
    message: "Name either sessionIds or userId.",
    path: ["sessionIds"],
  });

/** The page of the receipts list. */
export const listReceiptsInput = z.strictObject({ limit: limitInput, cursor: cursorInput });

/** Names one receipt. */
export const receiptIdInput = z.strictObject({ receiptId: id });

/** What `GET /api/v1/session` answers: who the session belongs to, and what they may do. */
export const currentSessionOutput = z.object({
  user: z.object({ id: z.string(), email: z.string(), name: z.string() }),
  session: z.object({
    id: z.string(),
    createdAt: z.string(),
    expiresAt: z.string(),
    method: z.string(),
    impersonatedBy: namedReference.nullable(),
  }),
  tenant: tenantReference
    .nullable()
    .describe("The tenant the session is active in; roles and permissions are those held there."),
  roles: z.array(z.string()),
  permissions: z.array(z.string()),
});
