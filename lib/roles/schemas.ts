import { z } from "zod";
import { allPermissions } from "@/lib/authorization/permissions";
import { cursorInput, limitInput, lineInput } from "@/lib/operations/list-input";

/** The orders of the roles list; a leading minus is descending. */
export const roleSorts = ["rank", "-rank", "name", "-name"] as const;

/** A member of `roleSorts`. */
export type RoleSort = (typeof roleSorts)[number];

/** A member of the closed catalogue of permissions. */
export const permissionName = z.enum(allPermissions);

const time = z.iso.datetime();

/** A role as far as it names one. */
export const roleReference = z.object({ id: z.string(), key: z.string(), name: z.string() });

/** A named set of permissions. */
export const role = roleReference.extend({
  rank: z.number().int().describe("1 to 100; one acts on people and gives roles below one's own."),
  permissions: z.array(permissionName),
  builtIn: z.boolean().describe("The same in every installation; cannot be changed."),
  holders: z.object({ count: z.number().int(), capped: z.boolean() }).describe("Who holds it, counted up to 1,000."),
  assignable: z.boolean().describe("Whether the caller may give it to others, as far as rank and permissions go."),
  editable: z.boolean().describe("Whether the caller may change and delete it, as far as rank goes."),
  createdAt: time,
  updatedAt: time,
});

/** A named set of permissions. */
export type Role = z.output<typeof role>;

/** The filters, order and page of the roles list. */
export const listRolesInput = z.strictObject({
  search: z.string().max(200).optional().describe("Part of the key or name."),
  sort: z.enum(roleSorts).default("-rank"),
  limit: limitInput,
  cursor: cursorInput,
});

/** An id in a path. One that names nothing, or is no id at all, is answered as absent. */
const id = z.string().min(1).max(200);

/** Names one role. */
export const roleIdInput = z.strictObject({ roleId: id });

/** The highest rank of a custom role of a tenant: below its owner's. */
export const tenantRoleRankMax = 49;

const key = z
  .string()
  .min(1)
  .max(40)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "Lower-case letters, digits and single hyphens.")
  .describe("Names the role for machines; unique in the scope.");
const name = lineInput(100);
const rank = z.number().int().min(1).max(99).describe("Below the caller's own; in a tenant at most 49.");
const permissionsInput = z
  .array(permissionName)
  .max(allPermissions.length)
  .transform((names) => allPermissions.filter((candidate) => names.includes(candidate)))
  .describe("Any that the caller holds.");

/** A new role. */
export const createRoleInput = z.strictObject({ key, name, rank, permissions: permissionsInput });

/** What changes about a role; what is left out stays. */
export const updateRoleInput = z
  .strictObject({
    roleId: id,
    key: key.optional(),
    name: name.optional(),
    rank: rank.optional(),
    permissions: permissionsInput.optional(),
  })
  .refine(({ roleId: _roleId, ...changes }) => Object.values(changes).some((value) => value !== undefined), {
    message: "Name at least one field to change.",
    path: ["name"],
  });

/** Which role goes, and which one its holders get in its place. */
export const deleteRoleInput = z.strictObject({
  roleId: id,
  replacement: z
    .uuid()
    .optional()
    .describe("The id of the role that holders get instead; without it nobody may hold it."),
});

/** Who gets or loses which role. */
export const roleAssignmentInput = z.strictObject({ userId: id, roleId: id });

/** The catalogue has no filters. */
export const listPermissionsInput = z.strictObject({});

/** One member of the catalogue of permissions. */
export const permissionEntry = z.object({
  name: permissionName,
  summary: z.string(),
  scopes: z.array(z.enum(["platform", "tenant"])).describe("Where it means anything."),
  held: z.boolean().describe("Whether the caller holds it here, and so may put it into a role."),
});

/** One member of the catalogue of permissions. */
export type PermissionEntry = z.output<typeof permissionEntry>;

/** Of whom and of what the explanation is. */
export const explainAccessInput = z.strictObject({ userId: id, permission: permissionName });

/** Why somebody does not hold a permission: what stands in the way, each of which would have to change. */
export const accessObstacles = ["not-here", "locked", "tenant-suspended", "no-membership", "no-role"] as const;

/** Why a user does or does not hold a permission in the scope. */
export const accessExplanation = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  permission: permissionName,
  held: z.boolean(),
  roles: z.array(roleReference).describe("Roles of the scope that they hold and that give it."),
  throughPlatform: z.boolean().describe("Whether a platform role gives it, which counts in every tenant."),
  obstacles: z
    .array(z.enum(accessObstacles))
    .describe("not-here: it does not exist in this scope; no-role: no role that they hold gives it."),
  grantedBy: z
    .array(roleReference.extend({ assignable: z.boolean() }))
    .describe("The roles of the scope that would give it, lowest rank first; at most 100."),
});

/** Why a user does or does not hold a permission in the scope. */
export type AccessExplanation = z.output<typeof accessExplanation>;

/** Whose holders are asked for. */
export const listHoldersInput = z.strictObject({ permission: permissionName, limit: limitInput, cursor: cursorInput });

/** Somebody who holds a permission, and the roles that give it. */
export const permissionHolder = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  locked: z.boolean().describe("Holds it, and cannot use it before being unlocked."),
  roles: z.array(roleReference),
});

/** Somebody who holds a permission, and the roles that give it. */
export type PermissionHolder = z.output<typeof permissionHolder>;
