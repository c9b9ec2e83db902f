/**
 * The rules of ranks, roles and owners as the product promises them, written apart from the code that keeps them: it
 * imports nothing of the product. A command is decided by what the model knows, then applied if it was allowed.
 */

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

// One member for each kind, so that naming a kind names its facts.
type Act<Kind extends string, Facts> = Kind extends string
  ? { scope: Scope; actor: ModelUser; kind: Kind } & Facts
  : never;

/** What somebody wants to do. Invitations and API keys, once modelled, are further members. */
export type ModelCommand =
  | Act<"assign" | "unassign", { target: ModelUser; role: ModelRole }>
  | Act<"lock" | "unlock" | "delete" | "remove", { target: ModelUser }>
  | Act<"create-role", { rank: number; permissions: ReadonlySet<string> }>
  | Act<"update-role", { role: ModelRole; rank: number; permissions: ReadonlySet<string> }>
  | Act<"delete-role", { role: ModelRole; replacement: ModelRole | null }>;

type Of<Kind extends ModelCommand["kind"]> = Extract<ModelCommand, { kind: Kind }>;

const platformOnly = [
  "tenants.read",
  "tenants.create",
  "tenants.update",
  "tenants.suspend",
  "tenants.delete",
  "mailbox.read",
  "rate-limits.update",
];
const everywhere = [
  ...[
    "users.read",
    "users.create",
    "users.update",
    "users.lock",
    "users.delete",
    "users.impersonate",
    "members.remove",
  ],
  ...[
    "invitations.read",
    "invitations.create",
    "invitations.revoke",
    "sessions.read",
    "sessions.revoke",
    "receipts.read",
  ],
  ...["roles.read", "roles.create", "roles.update", "roles.delete", "roles.assign", "api-keys.read", "api-keys.create"],
  ...["api-keys.revoke", "settings.read", "settings.update", "audit.read"],
  ...["rate-limits.read", "rate-limits.clear"],
];
/** Every permission there is. */
export const universe = [...everywhere, ...platformOnly];

const reading = universe.filter((name) => name.endsWith(".read") && name !== "mailbox.read");
const watching = ["users.read", "users.lock", "sessions.read", "sessions.revoke", "receipts.read"].concat([
  "rate-limits.read",
  "rate-limits.clear",
]);

/** The built-in roles: scope, key, rank, and what they allow. */
export const builtInTable = [
  { kind: "platform", key: "owner", rank: 100, permissions: universe },
  { kind: "platform", key: "admin", rank: 80, permissions: universe.filter((name) => name !== "mailbox.read") },
  { kind: "platform", key: "support", rank: 60, permissions: watching },
  { kind: "platform", key: "auditor", rank: 40, permissions: reading },
  { kind: "tenant", key: "owner", rank: 50, permissions: everywhere },
  { kind: "tenant", key: "admin", rank: 40, permissions: everywhere.filter((name) => name !== "settings.update") },
  { kind: "tenant", key: "moderator", rank: 30, permissions: watching },
  { kind: "tenant", key: "auditor", rank: 20, permissions: ["audit.read", "rate-limits.read"] },
  { kind: "tenant", key: "member", rank: 10, permissions: [] },
  { kind: "tenant", key: "guest", rank: 5, permissions: [] },
] as const;

/** The permission that each kind of command takes. */
export const needed: Record<ModelCommand["kind"], string> = {
  assign: "roles.assign",
  unassign: "roles.assign",
  lock: "users.lock",
  unlock: "users.lock",
  delete: "users.delete",
  remove: "members.remove",
  "create-role": "roles.create",
  "update-role": "roles.update",
  "delete-role": "roles.delete",
};

export class ReferenceModel {
  readonly users: ModelUser[] = [];
  readonly roles = new Map<string, ModelRole>();

  /** Whether the rules allow it. */
  allows(command: ModelCommand): boolean {
    if (!this.permissionsOf(command.actor, command.scope).has(needed[command.kind])) return false;
    switch (command.kind) {
      case "assign":
        return this.allowsAssign(command);
      case "unassign":
        return this.allowsUnassign(command);
      case "lock":
      case "unlock":
      case "delete":
        return this.allowsAccountAct(command);
      case "remove":
        return this.allowsRemove(command);
      case "create-role":
        return this.mayAuthor(command, command.rank, command.permissions);
      case "update-role":
        return this.allowsUpdate(command);
      case "delete-role":
        return this.allowsDelete(command);
    }
  }

  /** What a user holds in a scope: platform roles count in every tenant. */
  permissionsOf(user: ModelUser, scope: Scope): Set<string> {
    const all = this.rolesOf(user, scope).flatMap((role) => [...role.permissions]);
    return new Set(scope === null ? all : all.filter((name) => !platformOnly.includes(name)));
  }

  /** Those who hold the owner's role of a scope and can sign in. */
  ownersOf(scope: Scope): ModelUser[] {
    return this.living().filter((user) => !user.locked && this.holdsOwner(user, scope));
  }

  living(): ModelUser[] {
    return this.users.filter((user) => !user.deleted);
  }

  /** The roles that can be held in a scope. */
  rolesIn(scope: Scope): ModelRole[] {
    return [...this.roles.values()].filter((role) => isRoleOf(role, scope));
  }

  holdersOf(role: ModelRole, scope: Scope): ModelUser[] {
    return this.living().filter((user) => this.heldIn(user, scope).has(role.id));
  }

  // To assign: not to oneself, to somebody one may act on, a role below one's own (owners: up to it) and within it.
  private allowsAssign({ actor, scope, target, role }: Of<"assign">): boolean {
    const isThere = scope === null ? !target.deleted : target.memberships.has(scope) && !target.deleted;
    return isThere && isRoleOf(role, scope) && this.mayGive(actor, target, { scope, role });
  }

  private mayGive(actor: ModelUser, target: ModelUser, { scope, role }: { scope: Scope; role: ModelRole }): boolean {
    return actor !== target && this.mayActOn(actor, target, scope) && this.isGrantable(actor, scope, role);
  }

  private isGrantable(actor: ModelUser, scope: Scope, role: ModelRole): boolean {
    const rank = this.rankOf(actor, scope);
    const lowEnough = this.isOwner(actor, scope) ? role.rank <= rank : role.rank < rank;
    return lowEnough && isWithin(role.permissions, this.permissionsOf(actor, scope));
  }

  private allowsUnassign({ actor, scope, target, role }: Of<"unassign">): boolean {
    if (!this.isVisible(target, scope) || !isRoleOf(role, scope)) return false;
    if (actor !== target && !this.mayActOn(actor, target, scope)) return false;
    const takesOwner = role.owner && this.heldIn(target, scope).has(role.id);
    return !takesOwner || this.remainsWithout(target, scope);
  }

  // Credentials, lock and deletion belong to the home tenant, or the platform. Nobody does this to themselves.
  private allowsAccountAct({ kind, actor, scope, target }: Of<"lock" | "unlock" | "delete">): boolean {
    if (target.deleted || (scope !== null && (target.home !== scope || target.platformRoles.size > 0))) return false;
    if (!this.mayActOn(actor, target, scope)) return false;
    if (kind === "unlock") return true;
    if (actor === target) return false;
    if (kind === "lock") return this.remainsWithout(target, scope);
    return [null, ...target.memberships.keys()].every((place) => this.remainsWithout(target, place));
  }

  private allowsRemove({ actor, scope, target }: Of<"remove">): boolean {
    if (scope === null || target.deleted || !target.memberships.has(scope) || actor === target) return false;
    return this.mayActOn(actor, target, scope) && this.remainsWithout(target, scope);
  }

  private allowsUpdate(command: Of<"update-role">): boolean {
    const { actor, scope, role, rank, permissions } = command;
    if (!this.mayRewrite(actor, scope, role)) return false;
    const changes = rank !== role.rank || !isSame(permissions, role.permissions);
    return !changes || this.mayAuthor(command, rank, permissions);
  }

  // Refused while held; with a replacement it is as if each holder were given that one, by the same rules.
  private allowsDelete({ actor, scope, role, replacement }: Of<"delete-role">): boolean {
    if (!this.mayRewrite(actor, scope, role)) return false;
    const holders = this.holdersOf(role, scope);
    if (replacement === null) return holders.length === 0;
    if (replacement === role || !isRoleOf(replacement, scope) || !this.isGrantable(actor, scope, replacement))
      return false;
    return holders.every((holder) => this.mayGive(actor, holder, { scope, role: replacement }));
  }

  private mayRewrite(actor: ModelUser, scope: Scope, role: ModelRole): boolean {
    return this.roles.has(role.id) && isRoleOf(role, scope) && !role.builtIn && role.rank < this.rankOf(actor, scope);
  }

  // Custom roles: any subset of the author's permissions, with a rank below the author's (and below an owner's).
  private mayAuthor({ actor, scope }: ModelCommand, rank: number, permissions: ReadonlySet<string>): boolean {
    const ceiling = scope === null ? 100 : 50;
    return (
      rank < ceiling && rank < this.rankOf(actor, scope) && isWithin(permissions, this.permissionsOf(actor, scope))
    );
  }

  // Their highest rank in the scope is below mine; owners may act on owners; a tenant reaches nobody of the platform
  // who is at home there.
  private mayActOn(actor: ModelUser, target: ModelUser, scope: Scope): boolean {
    if (actor === target) return true;
    if (scope !== null && target.home === scope && target.platformRoles.size > 0) return false;
    const theirs = this.highest(this.heldIn(target, scope));
    const mine = this.rankOf(actor, scope);
    return theirs < mine || (this.isOwner(actor, scope) && theirs === mine);
  }

  private remainsWithout(user: ModelUser, scope: Scope): boolean {
    return !this.holdsOwner(user, scope) || this.ownersOf(scope).some((owner) => owner !== user);
  }

  private isVisible(user: ModelUser, scope: Scope): boolean {
    return !user.deleted && (scope === null || user.home === scope || user.memberships.has(scope));
  }

  private holdsOwner(user: ModelUser, scope: Scope): boolean {
    return [...this.heldIn(user, scope)].some((id) => this.roles.get(id)?.owner === true);
  }

  private isOwner(user: ModelUser, scope: Scope): boolean {
    return this.rolesOf(user, scope).some((role) => role.owner);
  }

  private rankOf(user: ModelUser, scope: Scope): number {
    return Math.max(0, ...this.rolesOf(user, scope).map((role) => role.rank));
  }

  private highest(ids: ReadonlySet<string>): number {
    return Math.max(0, ...[...ids].map((id) => this.roles.get(id)?.rank ?? 0));
  }

  private rolesOf(user: ModelUser, scope: Scope): ModelRole[] {
    const ids = new Set([...user.platformRoles, ...(scope === null ? [] : this.heldIn(user, scope))]);
    return [...ids].flatMap((id) => this.roles.get(id) ?? []);
  }

  private heldIn(user: ModelUser, scope: Scope): Set<string> {
    return scope === null ? user.platformRoles : (user.memberships.get(scope) ?? new Set());
  }

  /** Carries an allowed command out. `createdId` is the id of a role that was made. */
  apply(command: ModelCommand, createdId: string | null): void {
    switch (command.kind) {
      case "assign":
        this.heldIn(command.target, command.scope).add(command.role.id);
        return;
      case "unassign":
        this.heldIn(command.target, command.scope).delete(command.role.id);
        return;
      case "lock":
      case "unlock":
        command.target.locked = command.kind === "lock";
        return;
      case "delete":
        command.target.deleted = true;
        return;
      case "remove":
        if (command.scope !== null) command.target.memberships.delete(command.scope);
        // Whoever leaves a home takes the account along.
        if (command.target.home === command.scope) command.target.home = null;
        return;
      case "create-role":
        this.addRole(command, createdId);
        return;
      case "update-role":
        command.role.rank = command.rank;
        command.role.permissions = command.permissions;
        return;
      case "delete-role":
        this.replace(command);
    }
  }

  private addRole({ scope, rank, permissions }: Of<"create-role">, id: string | null): void {
    if (id === null) throw new Error("A role was made without an id.");
    const kind = scope === null ? "platform" : "tenant";
    this.roles.set(id, { id, tenantId: scope, kind, rank, permissions, builtIn: false, owner: false });
  }

  private replace({ scope, role, replacement }: Of<"delete-role">): void {
    for (const holder of this.holdersOf(role, scope)) {
      this.heldIn(holder, scope).delete(role.id);
      if (replacement) this.heldIn(holder, scope).add(replacement.id);
    }
    this.roles.delete(role.id);
  }
}

function isRoleOf(role: ModelRole, scope: Scope): boolean {
  if (scope === null) return role.kind === "platform";
  return role.kind === "tenant" && (role.builtIn || role.tenantId === scope);
}

function isWithin(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every((name) => all.has(name));
}

function isSame(some: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return some.size === other.size && isWithin(some, other);
}
