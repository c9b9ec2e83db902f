import fc from "fast-check";
import { newId } from "@/lib/db/new-id";
import { isAppError } from "@/lib/errors/app-error";
import { removeMember } from "@/lib/members/remove-member";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { assignRole } from "@/lib/roles/assign-role";
import { createRole } from "@/lib/roles/create-role";
import { deleteRole } from "@/lib/roles/delete-role";
import { unassignRole } from "@/lib/roles/unassign-role";
import { updateRole } from "@/lib/roles/update-role";
import { deleteUser } from "@/lib/users/delete-user";
import { lockUser } from "@/lib/users/lock-user";
import { unlockUser } from "@/lib/users/unlock-user";
import { again, contextFor } from "@/tests/support/people";
import type { World } from "./model-world";
import { type ModelCommand, type ModelRole, needed, type Scope, universe } from "./reference-model";

// What is more often of interest stands here more often.
const kinds = [
  ...["assign", "assign", "assign", "assign", "assign", "unassign", "unassign", "unassign"],
  ...["create-role", "create-role", "update-role", "update-role", "delete-role", "delete-role"],
  ...["lock", "unlock", "delete", "remove"],
] as const satisfies readonly ModelCommand["kind"][];
const scopes = ["first", "first", "first", "second", "platform", "platform"] as const;

/** Numbers of which a command is made once it is known who and what there still is. */
export const draft = fc.record({
  kind: fc.constantFrom(...kinds),
  scope: fc.constantFrom(...scopes),
  actor: fc.nat(999),
  target: fc.nat(999),
  role: fc.nat(999),
  other: fc.nat(999),
  rank: fc.integer({ min: 1, max: 99 }),
  mask: fc.nat(),
});

type Draft = typeof draft extends fc.Arbitrary<infer Value> ? Value : never;

/** The command that a draft means in a world: whoever acts can sign in, everything else may be nonsense. */
export function toCommand({ model, tenants }: World, wish: Draft): ModelCommand {
  const scope: Scope = { first: tenants[0], second: tenants[1], platform: null }[wish.scope];
  const able = model.living().filter((user) => !user.locked);
  const here = able.filter((user) => model.permissionsOf(user, scope).has(needed[wish.kind]));
  // Mostly somebody who may do such a thing here, now and then anybody.
  const actor = pick(here.length > 0 && wish.actor % 3 > 0 ? here : able, wish.actor);
  const target = pick(model.users, wish.target);
  const roles = wish.role % 10 === 0 ? [...model.roles.values()] : model.rolesIn(scope);
  const custom = roles.filter((role) => !role.builtIn);
  const written = pick(custom.length > 0 && wish.role % 7 > 0 ? custom : roles, wish.role);
  const base = { scope, actor };
  const rank = scope === null ? wish.rank : 1 + (wish.rank % 52);
  switch (wish.kind) {
    case "assign":
    case "unassign":
      return { ...base, kind: wish.kind, target, role: pick(roles, wish.role) };
    case "create-role":
      return {
        ...base,
        kind: wish.kind,
        rank,
        permissions: toPermissions(model.permissionsOf(actor, scope), wish.mask),
      };
    case "update-role": {
      const permissions =
        wish.mask % 3 === 0 ? written.permissions : toPermissions(model.permissionsOf(actor, scope), wish.mask);
      return { ...base, kind: wish.kind, role: written, rank, permissions };
    }
    case "delete-role":
      return {
        ...base,
        kind: wish.kind,
        role: written,
        replacement: wish.other % 2 === 0 ? null : pick(roles, wish.other),
      };
    default:
      return { ...base, kind: wish.kind, target };
  }
}

// Mostly some of one's own; now and then one more, whichever.
function toPermissions(own: ReadonlySet<string>, mask: number): Set<string> {
  const some = [...own].filter((_, index) => ((mask >> (index % 30)) & 1) === 1);
  return new Set(mask % 4 === 0 ? [...some, pick(universe, mask)] : some);
}

function pick<Item>(items: readonly Item[], number: number): Item {
  const item = items[number % items.length];
  if (item === undefined) throw new Error("There is nothing to pick from.");
  return item;
}

/** What came of a command. */
export type Outcome = { allowed: boolean; createdId: string | null };

const refusals = new Set(["FORBIDDEN", "NOT_FOUND", "CONFLICT", "INVALID_INPUT"]);
const triesMax = 5;

/** Gives the command to the product, in the actor's name. A store that is merely busy is asked again. */
export async function carryOut({ contexts }: World, command: ModelCommand): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const ctx = await contextOf(contexts, command);
      const createdId = await execute(command, ctx);
      contexts.clear();
      return { allowed: true, createdId };
    } catch (error) {
      if (isAppError(error) && refusals.has(error.code)) return { allowed: false, createdId: null };
      if (!isAppError(error) || error.code !== "UNAVAILABLE" || attempt >= triesMax) throw error;
    }
  }
}

// What an actor may do is asked for once until something has changed, as a process does under the grants version.
async function contextOf(contexts: World["contexts"], { actor, scope }: ModelCommand): Promise<RequestContext> {
  const name = `${actor.id} ${scope}`;
  const known = contexts.get(name) ?? (await contextFor(actor.id, toRequestScope(scope)));
  contexts.set(name, known);
  return again(known);
}

async function execute(command: ModelCommand, ctx: RequestContext): Promise<string | null> {
  switch (command.kind) {
    case "assign":
    case "unassign": {
      const operation = command.kind === "assign" ? assignRole : unassignRole;
      await runOperation(operation, ctx, { userId: command.target.id, roleId: command.role.id });
      return null;
    }
    case "lock":
      await runOperation(lockUser, ctx, { userId: command.target.id, reason: "m" });
      return null;
    case "unlock":
      await runOperation(unlockUser, ctx, { userId: command.target.id, reason: "m" });
      return null;
    case "delete":
      await runOperation(deleteUser, ctx, { userId: command.target.id });
      return null;
    case "remove":
      await runOperation(removeMember, ctx, { userId: command.target.id });
      return null;
    case "create-role": {
      const wanted = { key: `r-${newId()}`, name: "R", rank: command.rank, permissions: [...command.permissions] };
      return (await runOperation(createRole, ctx, wanted)).id;
    }
    case "update-role": {
      const { role, rank, permissions } = command;
      await runOperation(updateRole, ctx, { roleId: role.id, rank, permissions: [...permissions] });
      return null;
    }
    case "delete-role": {
      const { role, replacement } = command;
      await runOperation(deleteRole, ctx, { roleId: role.id, ...(replacement ? { replacement: replacement.id } : {}) });
      return null;
    }
  }
}

function toRequestScope(scope: Scope): RequestContext["scope"] {
  return scope === null ? { kind: "platform" } : { kind: "tenant", tenantId: scope, tenantSlug: `t-${scope}` };
}

/** One line about a command, for a failure. */
export function describe({ actor, scope, ...command }: ModelCommand): string {
  const role = (one: ModelRole) => `${one.id} (rank ${one.rank}, ${one.permissions.size} permissions)`;
  const facts = Object.entries(command).map(([name, value]) => {
    if (value === null || typeof value !== "object") return `${name}=${value}`;
    if (value instanceof Set) return `${name}=[${[...value].join(" ")}]`;
    return "rank" in value ? `${name}=${role(value)}` : `${name}=${JSON.stringify("id" in value ? value.id : value)}`;
  });
  return `${actor.id} in ${scope ?? "the platform"}: ${facts.join(", ")}`;
}
