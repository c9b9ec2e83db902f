import { z } from "zod";
import { cursorInput, limitInput, reasonInput, timeInput } from "@/lib/operations/list-input";
import { actorReference, tenantReference, time } from "./schemas";

/** What is let through whatever the rules say: a range of network addresses, or an account. */
export const rateLimitExemptionKinds = ["address", "account"] as const;

/** Somebody whom no rule refuses. */
export const rateLimitExemption = z.object({
  id: z.string(),
  kind: z.enum(rateLimitExemptionKinds),
  cidr: z.string().nullable().describe("In CIDR notation; null for an account."),
  user: z
    .object({ id: z.string(), name: z.string().nullable(), email: z.string().nullable() })
    .nullable()
    .describe("Null for a range of addresses."),
  tenant: tenantReference.nullable().describe("The tenant that made it; null: the platform."),
  reason: z.string(),
  expiresAt: time,
  status: z.enum(["active", "expired"]),
  createdAt: time,
  createdBy: actorReference,
});

/** Somebody whom no rule refuses. */
export type RateLimitExemption = z.output<typeof rateLimitExemption>;

/** The orders of the exemptions; a leading minus is descending. */
export const rateLimitExemptionSorts = ["expiresAt", "-expiresAt"] as const;

/** A member of `rateLimitExemptionSorts`. */
export type RateLimitExemptionSort = (typeof rateLimitExemptionSorts)[number];

/** The filters, order and page of the exemptions. */
export const listRateLimitExemptionsInput = z.strictObject({
  search: z
    .string()
    .max(200)
    .optional()
    .describe("Part of the reason, of the range, or of the account's name or e-mail address."),
  kind: z.enum(rateLimitExemptionKinds).optional(),
  status: z.enum(["active", "expired"]).optional(),
  tenant: z.string().min(1).max(100).optional().describe("The id or slug of the tenant that made it."),
  sort: z.enum(rateLimitExemptionSorts).default("-expiresAt"),
  limit: limitInput,
  cursor: cursorInput,
});

/** The filters, order and page of the exemptions, parsed. */
export type ListRateLimitExemptionsInput = z.output<typeof listRateLimitExemptionsInput>;

/** Whom to let through: exactly one of `cidr` and `userId`. In a tenant: an account of which it is the home. */
export const createRateLimitExemptionInput = z
  .strictObject({
    cidr: z
      .union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], "An address or a CIDR range.")
      .optional()
      .describe("An address, or a range in CIDR notation, no wider than /8, of IPv6 /32."),
    userId: z.string().min(1).max(200).optional(),
    reason: reasonInput,
    expiresAt: timeInput.describe("At most a year ahead."),
  })
  .refine(({ cidr, userId }) => (cidr === undefined) !== (userId === undefined), {
    path: ["cidr"],
    message: "Name either a range of addresses or a user.",
  });

/** Whom to let through, parsed. */
export type CreateRateLimitExemptionInput = z.output<typeof createRateLimitExemptionInput>;

/** Names one exemption and why it goes. */
export const deleteRateLimitExemptionInput = z.strictObject({
  exemptionId: z.string().min(1).max(200),
  reason: reasonInput.optional(),
});
