import { z } from "zod";
import { auditEvent } from "@/lib/audit/schemas";

const time = z.iso.datetime();
const cappedCount = z.object({ count: z.number().int(), capped: z.boolean() });

/** How far a count of people can be believed: `capped` stopped at its bound, `estimate` is the planner's. */
export const countPrecisions = ["exact", "capped", "estimate"] as const;

/** What was tried in one hour. */
export const overviewHour = z.object({
  startsAt: time,
  signedIn: z.number().int().describe("Sign-ins that succeeded."),
  signInsFailed: z.number().int().describe("Sign-ins that came to nothing."),
  denied: z.number().int().describe("Acts that a rule refused."),
  failed: z.number().int().describe("Attempts that failed, sign-ins included."),
  capped: z.boolean().describe("More happened than was looked through: each figure is the least it can be."),
});

/** What was tried in one hour. */
export type OverviewHour = z.output<typeof overviewHour>;

/** An event of the log in one line; the log itself has the rest. */
export const overviewEvent = auditEvent.pick({
  id: true,
  at: true,
  action: true,
  outcome: true,
  actor: true,
  impersonator: true,
  target: true,
});

/** An event of the log in one line. */
export type OverviewEvent = z.output<typeof overviewEvent>;

/** What wants looking at; null: not for the caller, or not in this scope. */
export const attention = z.object({
  clientAddresses: cappedCount.nullable().describe("What is wrong with how clients' addresses are known."),
  pendingReceipts: cappedCount.nullable().describe("Revocations that are not complete yet, of the newest 1,000."),
  lockedUsers: cappedCount.nullable(),
  suspendedTenants: cappedCount.nullable(),
  deletingTenants: cappedCount.nullable().describe("Tenants in the grace period before they go for good."),
  expiringInvitations: cappedCount.nullable().describe("Unused invitations that run out within two days."),
});

/** What wants looking at. */
export type Attention = z.output<typeof attention>;

/** How a scope stands at a glance; null: the caller may not read it. */
export const overview = z.object({
  at: time,
  activeSessions: cappedCount.describe("Sessions alive now, counted up to 1,000."),
  users: z
    .object({ count: z.number().int(), precision: z.enum(countPrecisions) })
    .nullable()
    .describe("Counted up to 1,000; beyond that an estimate on the platform."),
  hours: z.array(overviewHour).nullable().describe("The last 24 hours, oldest first; the newest has just begun."),
  attention,
  events: z.array(overviewEvent).nullable().describe("The newest events of a week that concern security, at most 8."),
});

/** How a scope stands at a glance. */
export type Overview = z.output<typeof overview>;

/** Takes no input: the scope says whose overview it is. */
export const getOverviewInput = z.strictObject({});
