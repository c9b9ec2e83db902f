import { z } from "zod";
import { ruleDimensions, ruleKeys, ruleModes } from "@/lib/rate-limits/rule-catalogue";

/** What a rule counts by, and what a block or a row of a list is about. */
export const rateLimitDimension = z.enum(ruleDimensions);

/** Whether a rule refuses, or only counts what it would have refused. */
export const rateLimitMode = z.enum(ruleModes);

/** The name of a rule: the closed catalogue. */
export const rateLimitRuleKey = z.enum(ruleKeys);

/** The name of a rule. */
export type RateLimitRuleKey = z.output<typeof rateLimitRuleKey>;

export const time = z.iso.datetime();
const count = z.number().int().min(0);

/** A tenant as lists name it. */
export const tenantReference = z.object({ id: z.string(), slug: z.string(), name: z.string() });

/** Who did something. */
export const actorReference = z.object({ type: z.string(), id: z.string().nullable(), name: z.string() });

/** Whom or what a row is about. */
export const rateLimitSubject = z.object({
  dimension: z.enum([...ruleDimensions, "path"]),
  label: z
    .string()
    .describe(
      "A network address (an IPv6 one as its /64), a path, the id of a session or key, that with an operation, a tenant's id, or a masked e-mail address.",
    ),
  operation: z
    .string()
    .nullable()
    .describe("The name of the operation, for what is counted by session or key and operation; else null."),
  user: z
    .object({ id: z.string(), name: z.string().nullable(), email: z.string().nullable() })
    .nullable()
    .describe("The account, where it is known to the caller's scope."),
  tenant: tenantReference.nullable().describe("The tenant that it concerns, where there is one."),
});

/** Whom or what a row is about. */
export type RateLimitSubject = z.output<typeof rateLimitSubject>;

/** What a rule decided within one bucket of time. */
export const rateLimitCounts = z.object({
  allowed: count,
  refused: count,
  observed: count.describe("What a rule that only observes would have refused; it was let through."),
  degraded: count.describe("Decided by an instance alone while Redis was away; known only afterwards."),
});

/** What a rule decided within one bucket of time. */
export type RateLimitCounts = z.output<typeof rateLimitCounts>;

/** How a rule stands now. */
export const rateLimitState = rateLimitCounts.extend({
  rule: rateLimitRuleKey,
  mode: rateLimitMode,
  limit: count,
  windowSeconds: count,
  uniqueAddresses: count
    .nullable()
    .describe("Different addresses over the minutes asked for, within 1 %; null in a tenant."),
  minutes: z
    .array(rateLimitCounts.extend({ at: time.describe("When the minute began.") }))
    .describe("Oldest first, without gaps; the last minute has just begun."),
});

/** How a rule stands now. */
export type RateLimitState = z.output<typeof rateLimitState>;

/** One source or target of many attempts, and over how many of the other kind they were spread. */
export const rateLimitSpread = z.object({
  subject: rateLimitSubject,
  attempts: count.describe("Within the minutes asked for."),
  spread: count.describe("Different accounts tried from the address, or addresses that tried the account, this hour."),
});

/** One source or target of many attempts. */
export type RateLimitSpread = z.output<typeof rateLimitSpread>;

/** The rate limits at this moment. */
export const rateLimits = z.object({
  at: time,
  degraded: z
    .object({
      since: time.nullable(),
      instances: z.number().int().min(1).describe("Living instances, by which each limit is divided."),
    })
    .nullable()
    .describe("Set while Redis cannot be reached: every instance limits alone, and what it counts is not shown."),
  blocked: z.object({
    automatic: count.nullable().describe("Keys that a rule refuses now; null while Redis cannot be reached."),
    manual: count.describe("Blocks that operators set."),
    lockouts: count.describe("Accounts locked out after failed sign-ins; counted up to 1,000."),
  }),
  rules: z.array(rateLimitState).describe("Every rule, in the order of the catalogue."),
  spraying: z
    .array(rateLimitSpread)
    .describe("Addresses that tried to sign in to many accounts, the widest spread first; empty in a tenant."),
  stuffing: z.array(rateLimitSpread).describe("Accounts that were tried from many addresses, the widest spread first."),
});

/** The rate limits at this moment. */
export type RateLimits = z.output<typeof rateLimits>;

/** Minutes back from now: 60 where nothing is said. */
export const minutesInput = z.number().int().min(1).max(60).default(60).describe("Minutes back from now, at most 60.");

/** Over how many minutes the state is read. */
export const getRateLimitsInput = z.strictObject({ minutes: minutesInput });
