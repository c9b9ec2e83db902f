import { inventAddress } from "./address-catalogue";
import { demoAccounts } from "./demo-accounts";
import { type DemoTenant, demoTenants } from "./demo-tenants";
import type { DemoWorld } from "./demo-world";
import { inventUserAgents } from "./device-catalogue";
import { inventPerson, type Person } from "./person-generator";
import { seedId } from "./seed-id";

/** A tenant with what the database will know of it. */
export type DemoHome = DemoTenant & { id: string; createdAt: number };

/** Somebody of the demo, with the devices and networks that they keep using. Times are epoch milliseconds. */
export type DemoUser = {
  id: string;
  name: string;
  email: string;
  home: DemoHome | null;
  createdAt: number;
  state: "active" | "locked" | "invited";
  country: string;
  userAgents: string[];
  addresses: string[];
  memberships: { id: string; tenant: DemoHome; role: string; createdAt: number }[];
  platformRole: string | null;
  /** Null: the shared one. */
  password: string | null;
};

const hour = 3_600_000;
const day = 24 * hour;

/** Days before now on which the demo's installation was set up. */
export const installedDaysAgo = 43;

const administrativeRoles = new Set(["owner", "admin", "moderator"]);

/** Whether the shorter limits of administrators apply: a platform role, or a tenant role of rank 30 or more. */
export function isAdministrator(user: DemoUser): boolean {
  return user.platformRole !== null || user.memberships.some(({ role }) => administrativeRoles.has(role));
}

/** The tenants of the demo. */
export function inventTenants({ random, now }: DemoWorld): DemoHome[] {
  return demoTenants.map((tenant) => {
    const createdAt = now - tenant.joinedDaysAgo * day - random.integer(1, 5) * 3_600_000;
    return { ...tenant, id: seedId(random, createdAt), createdAt };
  });
}

/** Everybody in the demo: the accounts with printed passwords, then the staff of each tenant, then the platform's own. */
export function inventUsers(world: DemoWorld, homes: readonly DemoHome[]): DemoUser[] {
  const users = demoAccounts.map((account): DemoUser => {
    const home = homes.find(({ slug }) => slug === account.homeTenantSlug) ?? null;
    const person = inventPerson(world.random, account.language);
    const start = home?.createdAt ?? world.now - installedDaysAgo * day;
    const createdAt = account.role === "owner" ? start + 600_000 : start + world.random.integer(1, 3) * hour;
    const user = newUser(world, { ...person, name: account.name, email: account.email }, { home, createdAt });
    const tenant = homes.find(({ slug }) => slug === account.tenantSlug);
    if (tenant) join(world, user, { tenant, role: account.role });
    return { ...user, password: account.password, platformRole: account.scope === "platform" ? account.role : null };
  });
  const taken = new Set(users.map(({ email }) => email));
  for (const home of homes) users.push(...inventStaff(world, home, taken));
  for (const role of ["support", "support", "auditor", "admin"]) {
    users.push({ ...inventColleague(world, null, taken), platformRole: role });
  }
  inviteGuests(world, users, homes);
  return users;
}

function inventStaff(world: DemoWorld, home: DemoHome, taken: Set<string>): DemoUser[] {
  const already = demoAccounts.filter(({ homeTenantSlug }) => homeTenantSlug === home.slug).length;
  return Array.from({ length: home.members - already }, (_, index) => {
    const user = inventColleague(world, home, taken);
    const role = index === 0 ? "admin" : index < 4 ? "moderator" : index === 4 ? "auditor" : "member";
    join(world, user, { tenant: home, role });
    if (role === "member")
      user.state = world.random.weighted([
        ["active", 88],
        ["locked", 6],
        ["invited", 6],
      ] as const);
    return user;
  });
}

function inventColleague(world: DemoWorld, home: DemoHome | null, taken: Set<string>): DemoUser {
  const { random } = world;
  const language = home ? (random.chance(0.45) ? home.languages[0] : random.pick(home.languages)) : "en";
  const person = inventPerson(random, language);
  const domain = home?.domain ?? "gatehouse.example";
  let email = `${person.addressStem}@${domain}`;
  for (let number = 2; taken.has(email); number += 1) email = `${person.addressStem}${number}@${domain}`;
  taken.add(email);
  return newUser(world, { ...person, email }, { home, createdAt: inventArrival(world, home) });
}

// Most of a company arrives in its first days, the rest one by one; its role accounts were there before.
function inventArrival({ random, now }: DemoWorld, home: DemoHome | null): number {
  const start = (home?.createdAt ?? now - installedDaysAgo * day) + 4 * hour;
  const share = random.chance(0.6) ? random.float() * 0.12 : random.float() * 0.97;
  return Math.floor(start + (now - start - 2 * hour) * share);
}

type Arrival = { home: DemoHome | null; createdAt: number };

function newUser({ random }: DemoWorld, person: Person & { email: string }, { home, createdAt }: Arrival): DemoUser {
  return {
    id: seedId(random, createdAt),
    name: person.name,
    email: person.email,
    home,
    createdAt,
    state: "active",
    country: person.country,
    userAgents: inventUserAgents(random, random.integer(1, 3)),
    addresses: Array.from({ length: random.integer(1, 4) }, () => inventAddress(random)),
    memberships: [],
    platformRole: null,
    password: null,
  };
}

type Place = { tenant: DemoHome; role: string };

function join({ random }: Pick<DemoWorld, "random">, user: DemoUser, { tenant, role }: Place): void {
  const createdAt = Math.max(user.createdAt, tenant.createdAt + hour);
  user.memberships.push({ id: seedId(random, createdAt), tenant, role, createdAt });
  // A guest belongs to the home tenant too.
  if (role === "guest" && user.home) join({ random }, user, { tenant: user.home, role: "member" });
}

function inviteGuests({ random }: DemoWorld, users: DemoUser[], homes: readonly DemoHome[]): void {
  for (const tenant of homes) {
    const strangers = users.filter(({ home, password }) => home !== null && home !== tenant && password === null);
    for (const user of random.shuffle(strangers).slice(0, 7)) {
      if (user.memberships.some((membership) => membership.tenant === tenant)) continue;
      const createdAt = Math.max(user.createdAt, tenant.createdAt + hour);
      user.memberships.push({ id: seedId(random, createdAt), tenant, role: "guest", createdAt });
    }
  }
}
