import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { inventPerson } from "./person-generator";
import { createRandom, type Random } from "./random";
import type { ScaleChunk, ScalePlan } from "./scale-plan";
import { seedId } from "./seed-id";
import type { AccountRow, MembershipRoleRow, MembershipRow, UserRow } from "./seed-rows";

/** The people of one chunk and what hangs on them, as rows. */
export type ScalePeople = {
  users: UserRow[];
  memberships: MembershipRow[];
  membershipRoles: MembershipRoleRow[];
  /** Those who have sessions: neither locked nor invited, and without the short limits of administrators. */
  regulars: ScaleUser[];
};

/** What the sessions and events of a chunk need to know of a user. Times are epoch milliseconds. */
export type ScaleUser = {
  id: string;
  email: string;
  country: string;
  createdAt: number;
  tenantId: string | null;
  /** Where the user is a guest. */
  visitedTenantId: string | null;
};

const year = 365 * 86_400_000;
const roleIds = {
  owner: builtInRoleId("tenant", "owner"),
  admin: builtInRoleId("tenant", "admin"),
  moderator: builtInRoleId("tenant", "moderator"),
  auditor: builtInRoleId("tenant", "auditor"),
  member: builtInRoleId("tenant", "member"),
  guest: builtInRoleId("tenant", "guest"),
};

/** The id of a chunk's first user, by which a chunk that has been loaded is recognised. */
export function firstUserId(plan: ScalePlan, chunk: ScaleChunk): string {
  return newUserKey(createRandom(chunk.seed), plan.anchor).id;
}

/** Invents a chunk's people. The stream must be fresh from the chunk's seed. */
export function inventScalePeople(plan: ScalePlan, chunk: ScaleChunk, random: Random): ScalePeople {
  const people: ScalePeople = { users: [], memberships: [], membershipRoles: [], regulars: [] };
  for (let index = chunk.from; index < chunk.to; index += 1) addUser(plan, people, { index, random });
  return people;
}

function newUserKey(random: Random, anchor: number): { id: string; createdAt: number } {
  const createdAt = anchor - Math.floor(random.float() * 4 * year);
  return { id: seedId(random, createdAt), createdAt };
}

function addUser(plan: ScalePlan, people: ScalePeople, { index, random }: { index: number; random: Random }): void {
  const { id, createdAt } = newUserKey(random, plan.anchor);
  const person = inventPerson(random);
  const tenant = plan.tenants[pickTenant(random, index, plan.tenants.length)];
  const email = `${person.addressStem}${index}@${tenant?.slug ?? "mail"}.example`;
  const role = index < plan.tenants.length ? "owner" : random.weighted(memberRoles);
  const state = role === "member" ? random.float() : 1;
  const at = new Date(createdAt);
  people.users.push({
    id,
    name: person.name,
    email,
    emailVerified: state > 0.07,
    createdAt: at,
    updatedAt: at,
    homeTenantId: tenant?.id ?? null,
    ...toState(state, at),
  });
  if (tenant) addMembership(people, { userId: id, tenantId: tenant.id, roleId: roleIds[role], at }, random);
  const picked = random.chance(0.04) ? random.pick(plan.tenants) : undefined;
  const visited = picked === tenant ? undefined : picked;
  if (visited) addMembership(people, { userId: id, tenantId: visited.id, roleId: roleIds.guest, at }, random);
  if (state < 0.05 || (role !== "member" && role !== "auditor")) return;
  const places = { tenantId: tenant?.id ?? null, visitedTenantId: visited?.id ?? null };
  people.regulars.push({ id, email, country: person.country, createdAt, ...places });
}

// Two in a hundred members are locked, three are invited, the rest are active.
function toState(state: number, at: Date): Pick<UserRow, "lockedAt" | "lockedUntil" | "lockedReason" | "invitedAt"> {
  if (state < 0.02) return { lockedAt: at, lockedUntil: null, lockedReason: "Left the company", invitedAt: null };
  return { lockedAt: null, lockedUntil: null, lockedReason: null, invitedAt: state < 0.05 ? at : null };
}

const memberRoles = [
  ["member", 985],
  ["moderator", 8],
  ["admin", 5],
  ["auditor", 2],
] as const;

// The first users own a tenant each; then one tenant has three in ten, one in twenty has none, the rest share the others.
function pickTenant(random: Random, index: number, count: number): number {
  if (index < count) return index;
  const share = random.float();
  if (share < 0.3) return 0;
  if (share < 0.35) return -1;
  return 1 + Math.floor(random.float() ** 1.3 * (count - 1));
}

type NewMembership = { userId: string; tenantId: string; roleId: string; at: Date };

function addMembership(people: ScalePeople, { userId, tenantId, roleId, at }: NewMembership, random: Random): void {
  const id = seedId(random, at.getTime());
  people.memberships.push({ id, tenantId, userId, createdAt: at });
  people.membershipRoles.push({ tenantId, membershipId: id, roleId, createdAt: at });
}

/** A password account for every user; all of a run share one password. */
export function* toScaleAccounts(
  users: readonly UserRow[],
  random: Random,
  passwordHash: string,
): Generator<AccountRow> {
  for (const { id, createdAt } of users) {
    yield {
      id: seedId(random, createdAt.getTime()),
      accountId: id,
      providerId: "credential",
      userId: id,
      password: passwordHash,
      createdAt,
      updatedAt: createdAt,
    };
  }
}
