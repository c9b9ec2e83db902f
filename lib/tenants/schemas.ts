import { z } from "zod";
import { cursorInput, limitInput, lineInput, reasonInput } from "@/lib/operations/list-input";

/** Whether a tenant works: `deleting` is suspended until it is purged or restored. */
export const tenantStatuses = ["active", "suspended", "deleting"] as const;

/** A member of `tenantStatuses`. */
export type TenantStatus = (typeof tenantStatuses)[number];

/** The orders of the tenants list; a leading minus is descending. */
export const tenantSorts = ["createdAt", "-createdAt", "name", "-name"] as const;

/** A member of `tenantSorts`. */
export type TenantSort = (typeof tenantSorts)[number];

const time = z.iso.datetime();
const cappedCount = z.object({ count: z.number().int(), capped: z.boolean() });

/** A tenant as the platform sees one. */
export const tenant = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  status: z.enum(tenantStatuses),
  createdAt: time,
  suspendedAt: time.nullable(),
  suspendedReason: z.string().nullable().describe("Its members are told so."),
  deletesAt: time.nullable().describe("When it goes for good, unless it is restored before."),
  members: cappedCount.describe("Members, counted up to 1,000."),
});

/** A tenant as the platform sees one. */
export type Tenant = z.output<typeof tenant>;

/** A tenant with what only the page about one shows. */
export const tenantDetail = tenant.extend({
  activeSessions: cappedCount.describe(
    "Sessions that a suspension would end, counted up to 1,000: those active in it and those of people at home in it.",
  ),
});

/** A tenant with what only the page about one shows. */
export type TenantDetail = z.output<typeof tenantDetail>;

/** A tenant whose sessions have just been ended, with the receipt of that. */
export const closedTenant = tenantDetail.extend({ receiptId: z.string() });

/** The filters, order and page of the tenants list. */
export const listTenantsInput = z.strictObject({
  search: z.string().max(200).optional().describe("Part of the name or slug."),
  status: z.enum(tenantStatuses).optional(),
  sort: z.enum(tenantSorts).default("-createdAt"),
  limit: limitInput,
  cursor: cursorInput,
});

/** The filters, order and page of the tenants list, parsed. */
export type ListTenantsInput = z.output<typeof listTenantsInput>;

/** A tenant in a path. One that names nothing is answered as absent. */
const tenantSlug = z.string().min(1).max(200);

/** Names one tenant. */
export const tenantSlugInput = z.strictObject({ tenantSlug });

// Words that an address of this installation may need for itself, or that would pass for it.
const reservedSlugs = new Set([
  ...["account", "admin", "api", "app", "assets", "auth", "billing", "console", "docs", "gatehouse", "health", "help"],
  ...["home", "invitations", "login", "logout", "me", "metrics", "new", "null", "owner", "platform", "public", "root"],
  ...["security", "settings", "setup", "sign-in", "sign-out", "sign-up", "static", "status", "support", "system"],
  ...["tenant", "tenants", "undefined", "www"],
]);

/** The name of a tenant in addresses. Not one that could be an id: filters take either. */
const newSlug = z
  .string()
  .min(2)
  .max(60)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "Use lower-case letters, digits and single hyphens.")
  .refine((slug) => !reservedSlugs.has(slug), "This word is reserved.")
  .refine((slug) => !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(slug), "This looks like an id.");

const name = lineInput(200);

/** A new tenant. */
export const createTenantInput = z.strictObject({ slug: newSlug, name });

/** What changes about a tenant; what is left out stays. */
export const updateTenantInput = z
  .strictObject({ tenantSlug, name: name.optional(), slug: newSlug.optional() })
  .refine((changes) => changes.name !== undefined || changes.slug !== undefined, {
    message: "Name at least one field to change.",
    path: ["name"],
  });

/** Why a tenant is suspended; its members are told. */
export const suspendTenantInput = z.strictObject({
  tenantSlug,
  reason: reasonInput.describe("Why; its members are told, and the audit log keeps it."),
});

/** Why a tenant works again, or is kept. */
export const resumeTenantInput = z.strictObject({ tenantSlug, reason: reasonInput.optional() });

/** Why a tenant is deleted. */
export const deleteTenantInput = z.strictObject({ tenantSlug, reason: reasonInput.optional() });
