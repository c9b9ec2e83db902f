import { z } from "zod";
import { cursorInput, limitInput, reasonInput, timeInput } from "@/lib/operations/list-input";
import { actorReference, rateLimitDimension, rateLimitRuleKey, rateLimitSubject, time } from "./schemas";

/**
 * What a block is: `automatic` when a rule ran full, `manual` when an operator set it, `lockout` when an account had too
 * many failed sign-ins in a row.
 */
export const rateLimitBlockKinds = ["automatic", "manual", "lockout"] as const;

/** A member of `rateLimitBlockKinds`. */
export type RateLimitBlockKind = (typeof rateLimitBlockKinds)[number];

/** A key that is refused until a time. */
export const rateLimitBlock = z.object({
  id: z.string(),
  kind: z.enum(rateLimitBlockKinds),
  rule: rateLimitRuleKey
    .nullable()
    .describe("The rule that ran full; null for a manual block, which every rule keeps, and for a lockout."),
  subject: rateLimitSubject,
  attempts: z
    .number()
    .int()
    .min(0)
    .nullable()
    .describe("Refused since the block began; of a lockout, failures in a row; null where nobody counts."),
  since: time.nullable().describe("When it began, where that is known."),
  blockedUntil: time
    .nullable()
    .describe("By the clock of Redis for an automatic block, of Postgres for others; null: until it is cleared."),
  secondsLeft: z.number().int().min(0).nullable().describe("The true time left when this was answered."),
  reason: z.string().nullable(),
  createdBy: actorReference.nullable().describe("Null for a block that nobody set."),
  clearable: z
    .boolean()
    .describe("Whether the caller's scope may clear it: a tenant clears those of its own accounts."),
});

/** A key that is refused until a time. */
export type RateLimitBlock = z.output<typeof rateLimitBlock>;

/** The orders of the blocks; a leading minus is descending. */
export const rateLimitBlockSorts = ["blockedUntil", "-blockedUntil"] as const;

/** The filters, order and page of the blocks. */
export const listRateLimitBlocksInput = z.strictObject({
  search: z
    .string()
    .max(200)
    .optional()
    .describe(
      "A whole e-mail address, network address or id finds its blocks at once; any other text is part of a label or name, for which 5,000 blocks a page are looked through, so that a page may be short. So are those of one session or key by operation.",
    ),
  kind: z.enum(rateLimitBlockKinds).optional(),
  rule: rateLimitRuleKey.optional(),
  dimension: rateLimitDimension.optional(),
  tenant: z.string().min(1).max(100).optional().describe("The id or slug of the tenant concerned."),
  sort: z.enum(rateLimitBlockSorts).default("-blockedUntil"),
  limit: limitInput,
  cursor: cursorInput,
});

/** Days for which somebody may be blocked by hand. */
export const blockDaysMax = 90;

/**
 * Whom an operator blocks: an account by its id or e-mail address, or a network address. In a tenant: accounts of which it
 * is the home.
 */
export const createRateLimitBlockInput = z.strictObject({
  dimension: z.enum(["account", "address"], "Only an account or a network address is blocked by hand."),
  subject: z
    .string()
    .trim()
    .min(1)
    .max(320)
    .describe("A user's id or e-mail address; or an IP address, of which an IPv6 one stands for its /64."),
  until: timeInput.describe("At most 90 days ahead."),
  reason: reasonInput,
});

/** Whom an operator blocks, parsed. */
export type CreateRateLimitBlockInput = z.output<typeof createRateLimitBlockInput>;

/** Names one block and why it goes. */
export const deleteRateLimitBlockInput = z.strictObject({
  blockId: z.string().min(1).max(200),
  reason: reasonInput.optional(),
});
