import { allPermissions, type Permission, permissionExistsIn } from "./permissions";

/** A role every installation has. Its permissions stand here and nowhere else; the `role` table holds a projection. */
export type BuiltInRole = {
  /** Fixed for ever: assignments refer to it. */
  id: string;
  scope: "platform" | "tenant";
  key: string;
  name: string;
  /** 1 to 100. */
  rank: number;
  permissions: readonly Permission[];
};

const platformAdminPermissions = allPermissions.filter((permission) => permission !== "mailbox.read");
const tenantOwnerPermissions = allPermissions.filter((permission) => permissionExistsIn(permission, "tenant"));
const tenantAdminPermissions = tenantOwnerPermissions.filter((permission) => permission !== "settings.update");
// Captured mail holds links that prove an address: reading it is more than reading.
const everythingReadable = platformAdminPermissions.filter((permission) => permission.endsWith(".read"));

// On call: who finds an attack may stop it, and whoever was locked out by it is let in again.
const operatorPermissions: readonly Permission[] = [
  "users.read",
  "users.lock",
  "sessions.read",
  "sessions.revoke",
  "receipts.read",
  "rate-limits.read",
  "rate-limits.clear",
];

/** The built-in roles, highest rank first within each scope. */
export const builtInRoles = [
  {
    id: "00000000-0000-7000-8000-000000000101",
    scope: "platform",
    key: "owner",
    name: "Owner",
    rank: 100,
    permissions: allPermissions,
  },
  {
    id: "00000000-0000-7000-8000-000000000102",
    scope: "platform",
    key: "admin",
    name: "Administrator",
    rank: 80,
    permissions: platformAdminPermissions,
  },
  {
    id: "00000000-0000-7000-8000-000000000103",
    scope: "platform",
    key: "support",
    name: "Support",
    rank: 60,
    permissions: operatorPermissions,
  },
  {
    id: "00000000-0000-7000-8000-000000000104",
    scope: "platform",
    key: "auditor",
    name: "Auditor",
    rank: 40,
    permissions: everythingReadable,
  },
  {
    id: "00000000-0000-7000-8000-000000000201",
    scope: "tenant",
    key: "owner",
    name: "Owner",
    rank: 50,
    permissions: tenantOwnerPermissions,
  },
  {
    id: "00000000-0000-7000-8000-000000000202",
    scope: "tenant",
    key: "admin",
    name: "Administrator",
    rank: 40,
    permissions: tenantAdminPermissions,
  },
  {
    id: "00000000-0000-7000-8000-000000000203",
    scope: "tenant",
    key: "moderator",
    name: "Moderator",
    rank: 30,
    permissions: operatorPermissions,
  },
  {
    id: "00000000-0000-7000-8000-000000000204",
    scope: "tenant",
    key: "auditor",
    name: "Auditor",
    rank: 20,
    permissions: ["audit.read", "rate-limits.read"],
  },
  {
    id: "00000000-0000-7000-8000-000000000205",
    scope: "tenant",
    key: "member",
    name: "Member",
    rank: 10,
    permissions: [],
  },
  {
    id: "00000000-0000-7000-8000-000000000206",
    scope: "tenant",
    key: "guest",
    name: "Guest",
    rank: 5,
    permissions: [],
  },
] as const satisfies readonly BuiltInRole[];

const byId = new Map<string, BuiltInRole>(builtInRoles.map((role) => [role.id, role]));

/** The built-in role with this id, if it is one. */
export function findBuiltInRole(id: string): BuiltInRole | undefined {
  return byId.get(id);
}

/** The id of a built-in role by scope and key. */
export function builtInRoleId(scope: "platform" | "tenant", key: (typeof builtInRoles)[number]["key"]): string {
  const role = builtInRoles.find((candidate) => candidate.scope === scope && candidate.key === key);
  if (!role) throw new Error(`There is no built-in ${scope} role "${key}".`);
  return role.id;
}
