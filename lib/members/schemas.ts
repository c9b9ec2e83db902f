import { z } from "zod";
import { cursorInput, limitInput, reasonInput } from "@/lib/operations/list-input";
import { userStatuses } from "@/lib/users/schemas";

/** The orders of the members list; a leading minus is descending. */
export const memberSorts = ["joinedAt", "-joinedAt", "name", "-name", "email", "-email"] as const;

/** A member of `memberSorts`. */
export type MemberSort = (typeof memberSorts)[number];

const time = z.iso.datetime();
const roleReference = z.object({ id: z.string(), key: z.string(), name: z.string() });
const tenantReference = z.object({ id: z.string(), slug: z.string(), name: z.string() });

/** Somebody who belongs to a tenant, as that tenant sees them. */
export const member = z.object({
  id: z.string().describe("The user's id."),
  email: z.string(),
  name: z.string(),
  status: z.enum(userStatuses),
  guest: z.boolean().describe("Whether the account is managed elsewhere: by another tenant, or by the platform."),
  roles: z.array(roleReference).describe("Roles in this tenant."),
  joinedAt: time,
  lastSeenAt: time.nullable().describe("At most a minute late."),
});

/** Somebody who belongs to a tenant. */
export type Member = z.output<typeof member>;

/** The filters, order and page of the members list. */
export const listMembersInput = z.strictObject({
  search: z
    .string()
    .max(200)
    .optional()
    .describe("Part of the address or name; what is found is in the order of names, or of addresses if so asked."),
  role: z.uuid().optional().describe("The id of a role that they hold here."),
  sort: z.enum(memberSorts).optional().describe("Without it: the newest first, or by name where there is a search."),
  limit: limitInput,
  cursor: cursorInput,
});

/** Why a member is removed. */
export const removeMemberInput = z.strictObject({
  userId: z.string().min(1).max(200),
  reason: reasonInput.optional(),
});

/** Leaving takes no word. */
export const leaveTenantInput = z.strictObject({});

/** A tenant to which the caller belongs. */
export const myTenant = z.object({
  tenant: tenantReference,
  roles: z.array(roleReference).describe("The caller's roles there."),
  home: z.boolean().describe("Whether this tenant manages the caller's account."),
  joinedAt: time,
  suspension: z
    .object({ since: time, reason: z.string().nullable() })
    .nullable()
    .describe("Set while nobody may enter."),
});

/** A tenant to which the caller belongs. */
export type MyTenant = z.output<typeof myTenant>;

/** The page of the caller's own tenants. */
export const listMyTenantsInput = z.strictObject({ limit: limitInput, cursor: cursorInput });
