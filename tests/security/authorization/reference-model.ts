import {
  carriedIn,
  type ModelCommand,
  type ModelInvitation,
  type ModelKey,
  type ModelRole,
  type ModelUser,
  meaningfulIn,
  needed,
  type Of,
  type Scope,
  type Verdict,
} from "./model-facts";

/**
 * The rules of ranks, roles and owners as the product's description states them, written from that text alone: it
 * imports nothing of the product. A command is decided by what the model knows, then applied if it was allowed.
 */
export class ReferenceModel {
  readonly roles = new Map<string, ModelRole>();
  readonly users: ModelUser[] = [];
  readonly invitations: ModelInvitation[] = [];
  readonly keys: ModelKey[] = [];

  /** What the text says of a command. */
  decide(command: ModelCommand): Verdict {
    const { actor, scope, key, kind } = command;
    if (key && (key.revoked || key.scope !== scope)) return "refused";
    if (actor.deleted || actor.locked) return "refused";
    const permission = needed[kind];
    if (permission !== null && !this.permissionsOf(actor, scope, key).has(permission)) return "refused";
    return this.#judge(command);
  }

  #judge(command: ModelCommand): Verdict {
    switch (command.kind) {
      case "assign":
        return this.#judgeAssign(command);
      case "unassign":
        return this.#judgeUnassign(command);
      case "lock":
      case "unlock":
      case "delete":
        return this.#judgeAccount(command);
      case "remove":
        return this.#judgeRemove(command);
      case "create-role":
        return verdict(this.#mayWrite(command, command));
      case "update-role":
        return this.#judgeUpdate(command);
      case "delete-role":
        return this.#judgeDeleteRole(command);
      case "invite":
        return this.#judgeInvite(command);
      case "revoke-invitation":
        return this.#judgeRevokeInvitation(command);
      case "accept":
        return this.#judgeAccept(command);
      case "create-key":
        return this.#judgeCreateKey(command);
      default:
        return this.#judgeKey(command);
    }
  }

  /** "What a caller effectively holds": of the tenant's roles, and of the platform's, which "act across tenants". */
  permissionsOf(user: ModelUser, scope: Scope, key?: ModelKey): Set<string> {
    const held = this.#heldIn(user, scope).flatMap((role) => [...role.permissions]);
    const meaningful = meaningfulIn(scope);
    return new Set(held.filter((name) => meaningful.has(name) && (!key || key.permissions.has(name))));
  }

  living(): ModelUser[] {
    return this.users.filter((user) => !user.deleted);
  }

  /** The roles that can be named in a scope. */
  rolesIn(scope: Scope): ModelRole[] {
    return [...this.roles.values()].filter((role) => isRoleOf(role, scope));
  }

  /**
   * "To act on a user: their highest rank in that scope is below yours (owners may act on owners)." Theirs is that of the
   * roles held in the scope itself; yours is what you effectively hold there. The text does not say what a tenant may do to
   * people of its own who run the platform: nobody touches them in the tenant.
   */
  #mayActOn({ actor, scope, key }: Pick<ModelCommand, "actor" | "scope" | "key">, target: ModelUser): boolean {
    if (isAboveHome(target, scope)) return false;
    const theirs = this.#rolesHeld(this.#assignedIn(target, scope) ?? []);
    if (highest(theirs) < this.#rankOf(actor, scope)) return true;
    // A key has its owner's rank and is no owner: the text lets it have less than its owner, never more.
    return !key && this.#isTopOwner(actor, scope) && theirs.some((role) => role.owner);
  }

  /** "To assign a role: its rank is below yours (owners: up to their own) and its permissions are within yours." */
  #mayAssign(actor: ModelUser, role: ModelRole, scope: Scope): boolean {
    const own = this.#rankOf(actor, scope);
    const isLow = role.rank < own || (this.#isTopOwner(actor, scope) && role.rank <= own);
    return isLow && within(meaningfully(role, scope), this.permissionsOf(actor, scope));
  }

  /** "Any subset of the permissions that their author holds, with a rank below the author's." */
  #mayWrite({ actor, scope }: ModelCommand, role: Pick<ModelRole, "rank" | "permissions">): boolean {
    if (scope !== null && role.rank > 49) return false;
    return (
      role.rank < this.#rankOf(actor, scope) &&
      within(role.permissions, meaningfulIn(scope)) &&
      within(role.permissions, this.permissionsOf(actor, scope))
    );
  }

  #judgeAssign({ actor, target, key, role, scope }: Of<"assign" | "unassign">): Verdict {
    const held = this.#assignedIn(target, scope);
    if (!held || !isRoleOf(role, scope)) return "refused";
    // "No self-grant": not even of what one holds already.
    if (target === actor) return held.has(role.id) ? "either" : "refused";
    if (!this.#mayActOn({ actor, scope, key }, target) || !this.#mayAssign(actor, role, scope)) return "refused";
    return "allowed";
  }

  #judgeUnassign({ actor, target, key, role, scope }: Of<"assign" | "unassign">): Verdict {
    const held = this.#assignedIn(target, scope);
    if (!isRoleOf(role, scope)) return "refused";
    if (!held?.has(role.id)) return "either";
    // Whoever gives up a role of their own raises nobody.
    if (target !== actor && !this.#mayActOn({ actor, scope, key }, target)) return "refused";
    return verdict(!role.owner || this.#othersRemain(scope, target));
  }

  /** "Credentials, lock, deletion … of a user are administered by the home tenant (or the platform)." */
  #judgeAccount({ actor, target, key, scope, kind }: Of<"lock" | "unlock" | "delete">): Verdict {
    const isAdministered = scope === null || target.home === scope;
    if (kind === "unlock" && !target.locked) return "either";
    if (target.deleted || target === actor || !isAdministered || !this.#mayActOn({ actor, scope, key }, target))
      return "refused";
    if (kind === "lock" && target.locked) return "either";
    if (kind === "unlock") return "allowed";
    // An account that is compromised can be locked by the platform, whatever its owner owns elsewhere.
    const lost = this.#ownedScopes(target).filter((owned) => kind === "delete" || owned === scope);
    return verdict(lost.every((owned) => this.#othersRemain(owned, target)));
  }

  #judgeRemove({ actor, target, key, scope }: Of<"remove">): Verdict {
    if (scope === null || !this.#assignedIn(target, scope)) return "refused";
    if (target === actor || !this.#mayActOn({ actor, scope, key }, target)) return "refused";
    return verdict(!this.#ownedScopes(target).includes(scope) || this.#othersRemain(scope, target));
  }

  #judgeUpdate(command: Of<"update-role">): Verdict {
    const { actor, role, scope } = command;
    if (role.builtIn || !isRoleOf(role, scope) || role.rank >= this.#rankOf(actor, scope)) return "refused";
    return verdict(this.#mayWrite(command, command));
  }

  #judgeDeleteRole({ actor, role, replacement, scope }: Of<"delete-role">): Verdict {
    if (role.builtIn || !isRoleOf(role, scope) || role.rank >= this.#rankOf(actor, scope)) return "refused";
    const holders = this.#holdersOf(role, scope);
    if (!replacement) return verdict(holders.length === 0);
    const isFit = replacement !== role && isRoleOf(replacement, scope) && this.#mayAssign(actor, replacement, scope);
    // Every holder loses one role and gets another, each of which is an act on that user.
    return verdict(isFit && holders.every((holder) => holder !== actor && this.#mayActOn({ actor, scope }, holder)));
  }

  #judgeInvite({ actor, invitee, roles, scope }: Of<"invite">): Verdict {
    // Whoever is at home in the tenant belongs to it already.
    if (scope === null || invitee.memberships.has(scope) || isAtHome(invitee, scope)) return "refused";
    return verdict(roles.every((role) => isRoleOf(role, scope) && this.#mayAssign(actor, role, scope)));
  }

  #judgeRevokeInvitation({ actor, invitation, scope }: Of<"revoke-invitation" | "accept">): Verdict {
    if (invitation.tenant !== scope) return "refused";
    if (invitation.status !== "pending") return "either";
    // Whoever could not have invited them as this has no say in it.
    return verdict(this.#rolesHeld(invitation.roles).every((role) => this.#mayAssign(actor, role, scope)));
  }

  #judgeAccept({ actor, invitation }: Of<"revoke-invitation" | "accept">): Verdict {
    const { invitee, tenant, status } = invitation;
    return verdict(status === "pending" && actor === invitee && !invitee.memberships.has(tenant));
  }

  /**
   * "Never more than one's own": an invitation gives what its inviter may give when it is accepted; membership alone it
   * gives in any case. "A member whose home is elsewhere is a guest."
   */
  #givenBy({ inviter, invitee, tenant, roles }: ModelInvitation): Set<string> {
    const stands = !inviter.deleted && !inviter.locked;
    const given = this.#rolesHeld(roles).filter(
      (role) => isPlain(role) || (stands && this.#mayAssign(inviter, role, tenant)),
    );
    const [member, guest] = [this.#plainRole("member"), this.#plainRole("guest")];
    const ids = given.length > 0 ? given.map(({ id }) => id) : [member];
    const isGuest = invitee.home !== null && invitee.home !== tenant;
    return new Set(ids.map((id) => (isGuest && id === member ? guest : id)));
  }

  #plainRole(key: "member" | "guest"): string {
    const rank = key === "member" ? 10 : 5;
    return [...this.roles.values()].find((role) => isPlain(role) && role.rank === rank)?.id ?? "";
  }

  #judgeCreateKey({ actor, permissions, scope }: Of<"create-key">): Verdict {
    const isFit = permissions.size > 0 && within(permissions, carriedIn(scope));
    return verdict(isFit && within(permissions, this.permissionsOf(actor, scope)));
  }

  /** A key acts for its owner: who holds it holds what its owner does. */
  #judgeKey({ actor, subject, scope, kind }: Of<"rotate-key" | "revoke-key">): Verdict {
    if (subject.owner.deleted || (scope !== null && subject.scope !== scope)) return "refused";
    if (subject.revoked) return kind === "revoke-key" ? "either" : "refused";
    const isOwn = subject.owner === actor;
    if (kind === "rotate-key") return verdict(isOwn);
    return verdict(isOwn || this.#mayActOn({ actor, scope }, subject.owner));
  }

  #heldIn(user: ModelUser, scope: Scope): ModelRole[] {
    const ids = [...user.platformRoles, ...(scope === null ? [] : (user.memberships.get(scope) ?? []))];
    return this.#rolesHeld(ids);
  }

  #rolesHeld(ids: Iterable<string>): ModelRole[] {
    return [...ids].flatMap((id) => this.roles.get(id) ?? []);
  }

  #rankOf(user: ModelUser, scope: Scope): number {
    return highest(this.#heldIn(user, scope));
  }

  // An owner by whichever of their roles ranks highest here.
  #isTopOwner(user: ModelUser, scope: Scope): boolean {
    const rank = this.#rankOf(user, scope);
    return this.#heldIn(user, scope).some((role) => role.owner && role.rank === rank);
  }

  #assignedIn(user: ModelUser, scope: Scope): Set<string> | undefined {
    if (user.deleted) return undefined;
    return scope === null ? user.platformRoles : user.memberships.get(scope);
  }

  #holdersOf(role: ModelRole, scope: Scope): ModelUser[] {
    return this.living().filter((user) => this.#assignedIn(user, scope)?.has(role.id));
  }

  #ownedScopes(user: ModelUser): Scope[] {
    const scopes: Scope[] = [null, ...user.memberships.keys()];
    return scopes.filter((scope) =>
      [...(this.#assignedIn(user, scope) ?? [])].some((id) => this.roles.get(id)?.owner === true),
    );
  }

  /** "At least one must remain": somebody else who is an owner and can act as one. */
  #othersRemain(scope: Scope, leaving: ModelUser): boolean {
    return this.living().some((user) => user !== leaving && !user.locked && this.#ownedScopes(user).includes(scope));
  }

  /** Changes what the model knows as an allowed command changes the world. */
  apply(command: ModelCommand, createdId: string | null): void {
    switch (command.kind) {
      case "assign":
        this.#assignedIn(command.target, command.scope)?.add(command.role.id);
        return;
      case "unassign":
        this.#assignedIn(command.target, command.scope)?.delete(command.role.id);
        return;
      case "lock":
      case "unlock":
        command.target.locked = command.kind === "lock";
        return;
      case "delete":
        command.target.deleted = true;
        return;
      case "remove":
        leave(command.target, command.scope);
        return;
      case "create-role":
      case "update-role":
        this.#write(command, createdId);
        return;
      case "delete-role":
        this.#deleteRole(command);
        return;
      default:
        this.#applyToPapers(command, createdId);
    }
  }

  #write(command: Of<"create-role" | "update-role">, createdId: string | null): void {
    const { rank, permissions, scope } = command;
    if (command.kind === "update-role") {
      Object.assign(command.role, { rank, permissions });
      return;
    }
    const kind = scope === null ? "platform" : "tenant";
    const id = createdId ?? "";
    this.roles.set(id, { id, tenantId: scope, kind, rank, permissions, builtIn: false, owner: false });
  }

  #deleteRole({ role, replacement, scope }: Of<"delete-role">): void {
    for (const holder of this.#holdersOf(role, scope)) {
      const held = this.#assignedIn(holder, scope);
      held?.delete(role.id);
      if (replacement) held?.add(replacement.id);
    }
    for (const { roles } of this.invitations) if (roles.delete(role.id) && replacement) roles.add(replacement.id);
    this.roles.delete(role.id);
  }

  #applyToPapers(
    command: Of<"invite" | "revoke-invitation" | "accept" | "create-key" | "rotate-key" | "revoke-key">,
    createdId: string | null,
  ): void {
    const id = createdId ?? "";
    const { actor, scope } = command;
    if (command.kind === "invite") {
      const { invitee } = command;
      const roles = new Set(command.roles.map((role) => role.id));
      const former = this.invitations.find(
        (one) => one.status === "pending" && one.tenant === scope && one.invitee === invitee,
      );
      if (former) former.status = "revoked";
      this.invitations.push({ id, tenant: scope ?? "", inviter: actor, invitee, roles, status: "pending" });
    } else if (command.kind === "revoke-invitation") {
      if (command.invitation.status === "pending") command.invitation.status = "revoked";
    } else if (command.kind === "accept") {
      const { invitation } = command;
      invitation.status = "accepted";
      actor.memberships.set(invitation.tenant, this.#givenBy(invitation));
    } else if (command.kind === "create-key") {
      this.keys.push({ id, scope, owner: actor, permissions: command.permissions, revoked: false });
    } else if (command.kind === "revoke-key") {
      command.subject.revoked = true;
    }
  }
}

const highest = (roles: ModelRole[]) => Math.max(0, ...roles.map((role) => role.rank));
const verdict = (holds: boolean): Verdict => (holds ? "allowed" : "refused");

// Member and guest: what is given with a membership that gives nothing.
const isPlain = ({ builtIn, kind, rank }: ModelRole) => builtIn && kind === "tenant" && rank <= 10;

const isAtHome = (user: ModelUser, tenant: Scope) => !user.deleted && user.home === tenant;

function isAboveHome(user: ModelUser, scope: Scope): boolean {
  return scope !== null && user.home === scope && user.platformRoles.size > 0;
}

/** Whoever is no member any more is not at home there either: then the platform manages the account. */
function leave(user: ModelUser, tenant: Scope): void {
  user.memberships.delete(tenant ?? "");
  if (user.home === tenant) user.home = null;
}

function within(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  return [...part].every((name) => whole.has(name));
}

function meaningfully(role: ModelRole, scope: Scope): Set<string> {
  const meaningful = meaningfulIn(scope);
  return new Set([...role.permissions].filter((name) => meaningful.has(name)));
}

function isRoleOf({ kind, tenantId, builtIn }: ModelRole, scope: Scope): boolean {
  if (scope === null) return kind === "platform";
  return kind === "tenant" && (builtIn || tenantId === scope);
}
