import { z } from "zod";
import { cursorInput, limitInput } from "@/lib/operations/list-input";
import { refuseContradictions, sessionFilterFields } from "./session-filter";

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
/** Who did something. */
export const actorReference = z.object({ type: z.string(), id: z.string().nullable(), name: z.string() });

/** A session as administrators see one. It has no field that could hold a token. */
export const session = z.object({
  id: z.string(),
  user: z.object({ id: z.string(), name: z.string().nullable(), email: z.string().nullable() }),
  tenant: tenantReference.nullable().describe("The tenant it is active in."),
  createdAt: time,
  lastSeenAt: time.describe("At most a minute late; the sign-in, where nothing came after it."),
  expiresAt: time.describe("The absolute limit."),
  idleExpiresAt: time.nullable().describe("When it ends if nothing more comes; null once it has ended."),
  ipAddress: z.string().nullable(),
  country: z.string().nullable().describe("ISO 3166-1 alpha-2."),
  browser: z.string().nullable(),
  os: z.string().nullable(),
  device: z.string().nullable(),
  method: z.string().describe("How the person signed in."),
  authenticationLevel: z
    .number()
    .int()
    .describe("How strongly the person proved who they are: 1, 2 or 3, as in NIST SP 800-63B."),
  status: z.enum(["active", "ended"]),
  endedAt: time.nullable(),
  endReason: z.enum(sessionEndReasons).nullable(),
  endedBy: actorReference.nullable(),
  receiptId: z.string().nullable().describe("The revocation that ended it, where its receipt is of the scope."),
  current: z.boolean().describe("Whether it is the caller's own."),
  impersonatedBy: namedReference.nullable().describe("The administrator who acts as the user in it."),
});

/** A session as administrators see one. */
export type Session = z.output<typeof session>;

/** The orders of the sessions list; a leading minus is descending. */
export const sessionSorts = [
  "createdAt",
  "-createdAt",
  "lastSeenAt",
  "-lastSeenAt",
  "expiresAt",
  "-expiresAt",
] as const;

/** A member of `sessionSorts`. */
export type SessionSort = (typeof sessionSorts)[number];

/** Which sessions a list shows. */
export const sessionStatuses = ["active", "ended", "any"] as const;

/** The filters, order and page of the sessions list. */
export const listSessionsInput = z
  .strictObject({
    ...sessionFilterFields,
    status: z.enum(sessionStatuses).default("active"),
    sort: z.enum(sessionSorts).default("-createdAt"),
    limit: limitInput,
    cursor: cursorInput,
  })
  .superRefine(refuseContradictions);

/** The filters, order and page of the sessions list, parsed. */
export type ListSessionsInput = z.output<typeof listSessionsInput>;

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
