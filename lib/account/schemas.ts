import { z } from "zod";
import { cursorInput, limitInput } from "@/lib/operations/list-input";
import { sessionEndReasons } from "@/lib/sessions/schemas";

const time = z.iso.datetime();

/** Whether a list of one's own sessions is of the live ones or of those that have ended. */
export const ownSessionStatuses = ["active", "ended"] as const;

/** Who ended a session, seen from its holder: which administrator it was is not theirs to know. */
export const ownSessionEnders = ["self", "administrator", "gatehouse"] as const;

/** One of the caller's own sessions. It has no field that could hold a token. */
export const ownSession = z.object({
  id: z.string(),
  current: z.boolean().describe("Whether it is the one that asks."),
  status: z.enum(ownSessionStatuses),
  browser: z.string().nullable(),
  os: z.string().nullable(),
  device: z.string().nullable(),
  ipAddress: z.string().nullable(),
  country: z.string().nullable().describe("ISO 3166-1 alpha-2."),
  tenant: z
    .object({ id: z.string(), slug: z.string(), name: z.string() })
    .nullable()
    .describe("The tenant it is active in."),
  method: z.string().describe("How it was signed in."),
  impersonatedBy: z.object({ name: z.string() }).nullable().describe("The administrator who acts as the caller in it."),
  createdAt: time,
  lastSeenAt: time.describe("At most a minute late; the sign-in, where nothing came after it."),
  expiresAt: time.describe("The absolute limit."),
  endedAt: time.nullable(),
  endReason: z.enum(sessionEndReasons).nullable(),
  endedBy: z.enum(ownSessionEnders).nullable(),
});

/** One of the caller's own sessions. */
export type OwnSession = z.output<typeof ownSession>;

/** Which of one's own sessions, and which page of them. */
export const listOwnSessionsInput = z.strictObject({
  status: z
    .enum(ownSessionStatuses)
    .default("active")
    .describe("The live ones, the caller's own first, then the newest; or those that have ended, the latest first."),
  limit: limitInput,
  cursor: cursorInput,
});

/** Names one of one's own sessions. One that names nothing, or is somebody else's, is answered as absent. */
export const revokeOwnSessionInput = z.strictObject({ sessionId: z.string().min(1).max(200) });

/** Ends all of one's own sessions but the one that asks. */
export const revokeOtherOwnSessionsInput = z.strictObject({});

/** What disowning a sign-in did: how many sessions were still alive and have ended. */
export const disownedSession = z.object({ ended: z.number().int() });
