/** The words of the permission model: what there is, and what somebody may want to do. It imports nothing of the product. */

/** Where a command is given: in a tenant, or on the platform (null). */
export type Scope = string | null;

export type ModelRole = {
  id: string;
  /** The tenant of a custom role; null for the platform's and for the built-in roles of tenants. */
  tenantId: string | null;
  kind: "platform" | "tenant";
  rank: number;
  permissions: ReadonlySet<string>;
  builtIn: boolean;
  owner: boolean;
};

export type ModelUser = {
  id: string;
  home: string | null;
  locked: boolean;
  deleted: boolean;
  platformRoles: Set<string>;
  /** Tenant → ids of the roles held there. */
  memberships: Map<string, Set<string>>;
};

/** An invitation of a person who has an account. */
export type ModelInvitation = {
  id: string;
  tenant: string;
  inviter: ModelUser;
  invitee: ModelUser;
  roles: Set<string>;
  status: "pending" | "accepted" | "revoked";
};

export type ModelKey = {
  id: string;
  scope: Scope;
  owner: ModelUser;
  permissions: ReadonlySet<string>;
  revoked: boolean;
};

// One member for each kind, so that naming a kind names its facts.
type Act<Kind extends string, Facts> = Kind extends string
  ? {
      scope: Scope;
      actor: ModelUser;
      /** The API key with which the actor asks; absent: signed in. */
      key?: ModelKey;
      kind: Kind;
    } & Facts
  : never;

/** What somebody wants to do. */
export type ModelCommand =
  | Act<"assign" | "unassign", { target: ModelUser; role: ModelRole }>
  | Act<"lock" | "unlock" | "delete" | "remove", { target: ModelUser }>
  | Act<"create-role", { rank: number; permissions: ReadonlySet<string> }>
  | Act<"update-role", { role: ModelRole; rank: number; permissions: ReadonlySet<string> }>
  | Act<"delete-role", { role: ModelRole; replacement: ModelRole | null }>
  | Act<"invite", { invitee: ModelUser; roles: ModelRole[] }>
  | Act<"revoke-invitation" | "accept", { invitation: ModelInvitation }>
  | Act<"create-key", { permissions: ReadonlySet<string> }>
  | Act<"rotate-key" | "revoke-key", { subject: ModelKey }>;

/** A command of one kind. */
export type Of<Kind extends ModelCommand["kind"]> = Extract<ModelCommand, { kind: Kind }>;

/** `either`: the product's text leaves it open, as nothing comes of it. */
export type Verdict = "allowed" | "refused" | "either";

const without = (list: string[], ...left: string[]) => list.filter((name) => !left.includes(name));
const names = (group: string, verbs: string) => verbs.split(" ").map((verb) => `${group}.${verb}`);

const ofThePlatform = [...names("tenants", "read create update suspend delete"), "mailbox.read"];
const ofTenants = ["members.remove", ...names("invitations", "read create revoke")];
const ofBoth = [
  ...names("users", "read create update lock delete impersonate"),
  ...names("sessions", "read revoke"),
  "receipts.read",
  ...names("roles", "read create update delete assign"),
  ...names("api-keys", "read create revoke"),
  ...names("settings", "read update"),
  "audit.read",
];

/** Every permission there is. */
export const universe = [...ofBoth, ...ofTenants, ...ofThePlatform];

/** The permissions that mean anything in a scope. Those of tenants do on the platform: its roles "act across tenants". */
export function meaningfulIn(scope: Scope): ReadonlySet<string> {
  return new Set(scope === null ? universe : [...ofBoth, ...ofTenants]);
}

/** The permissions that a key of a scope can carry: it is used there alone, makes no keys and acts as nobody. */
export function carriedIn(scope: Scope): ReadonlySet<string> {
  const list = [...ofBoth, ...(scope === null ? ofThePlatform : ofTenants)];
  return new Set(without(list, "api-keys.create", "users.impersonate"));
}

const starting = (...groups: string[]) => universe.filter((name) => groups.some((group) => name.startsWith(group)));

/** The built-in roles of the table in the product's description, line by line. */
export const builtInTable = [
  // "everything, including other owners"
  { kind: "platform", key: "owner", rank: 100, permissions: universe },
  // "everything but platform owners and platform roles at or above their own"; captured mail is shown to owners
  { kind: "platform", key: "admin", rank: 80, permissions: without(universe, "mailbox.read") },
  // "read users and sessions, revoke sessions, lock and unlock"
  {
    kind: "platform",
    key: "support",
    rank: 60,
    permissions: ["users.read", "users.lock", "sessions.read", "sessions.revoke", "receipts.read"],
  },
  // "read everything else; change nothing"
  {
    kind: "platform",
    key: "auditor",
    rank: 40,
    permissions: without(
      universe.filter((name) => name.endsWith(".read")),
      "mailbox.read",
    ),
  },
  // "everything in the tenant"
  { kind: "tenant", key: "owner", rank: 50, permissions: [...ofBoth, ...ofTenants] },
  // "users, roles below their own, sessions, limits, keys of the tenant"; the text is silent on reading the settings and
  // the log, which they may
  {
    kind: "tenant",
    key: "admin",
    rank: 40,
    permissions: [
      ...starting("users.", "roles.", "sessions.", "receipts.", "api-keys.", "members.", "invitations."),
      "settings.read",
      "audit.read",
    ],
  },
  // "read users; lock, unlock and revoke sessions of lower ranks"
  {
    kind: "tenant",
    key: "moderator",
    rank: 30,
    permissions: ["users.read", "users.lock", "sessions.read", "sessions.revoke", "receipts.read"],
  },
  // "read and verify the tenant's audit log"
  { kind: "tenant", key: "auditor", rank: 20, permissions: ["audit.read"] },
  // "their own account and sessions"
  { kind: "tenant", key: "member", rank: 10, permissions: [] as string[] },
  { kind: "tenant", key: "guest", rank: 5, permissions: [] as string[] },
] as const satisfies readonly {
  kind: "platform" | "tenant";
  key: string;
  rank: number;
  permissions: readonly string[];
}[];

/** The permission that each kind of command takes; accepting takes the link alone. */
export const needed: Record<ModelCommand["kind"], string | null> = {
  assign: "roles.assign",
  unassign: "roles.assign",
  "create-role": "roles.create",
  "update-role": "roles.update",
  "delete-role": "roles.delete",
  lock: "users.lock",
  unlock: "users.lock",
  delete: "users.delete",
  remove: "members.remove",
  invite: "invitations.create",
  "revoke-invitation": "invitations.revoke",
  accept: null,
  "create-key": "api-keys.create",
  "rotate-key": "api-keys.create",
  "revoke-key": "api-keys.revoke",
};
