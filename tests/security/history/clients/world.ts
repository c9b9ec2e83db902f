import { hashPassword } from "@/lib/auth/password-hashing";
import { createSessionCookie, signSessionToken } from "@/lib/auth/session-cookie";
import type { OwnStores } from "@/tests/support/own-stores";
import type { Coverage, Credential } from "../model/history";
import type { Recorder } from "../model/recorder";
import { publicOrigin } from "./http-client";
import { createOperators, type Operators } from "./operators";
import {
  type Person,
  type SeededSession,
  type SessionWish,
  seedPeople,
  seedPlatformRole,
  seedSessions,
  seedTenants,
  type Tenant,
} from "./seeds";

/** A credential in a client's hand. */
export type Held = { credential: Credential; cookie: string; person: Person };

/** People, tenants and the sessions that clients hold, as the driving process believes them to be. */
export type World = Operators & {
  stores: OwnStores;
  recorder: Recorder;
  tenants: Tenant[];
  people: Person[];
  /** The platform's admin who acts as others. */
  admin: Person;
  passwordHash: string;
  /** Sessions that nobody is known to have ended. */
  live: Map<string, Held>;
  /** The last that were ended, newest last. */
  ended: Held[];
  /** Makes sessions and puts them into the clients' hands. Fewer, where somebody may have none at this moment. */
  seed: (wishes: readonly SessionWish[]) => Promise<Held[]>;
  hold: (held: Held) => Held;
  /** Takes what an end covered out of the living. */
  bury: (coverage: Coverage, except?: readonly string[]) => Held[];
  cookieOf: (token: string) => string;
};

/** What everybody's password is at first. */
export const firstPassword = "quiet heron over grey water";

const endedMax = 400;

/** Makes a platform with tenants, people at home in each and on the platform, and its owners. */
export async function createWorld(options: {
  stores: OwnStores;
  recorder: Recorder;
  secret: string;
  size: { tenants: number; peopleOfEach: number };
}): Promise<World> {
  const { stores, recorder, secret, size } = options;
  const settings = createSessionCookie({ gatehouseUrl: publicOrigin, secret });
  const cookieOf = (token: string) => `${settings.name}=${signSessionToken(token, settings)}`;
  const passwordHash = await hashPassword(firstPassword);
  const proof = { password: firstPassword, passwordHash };
  const tenants = await seedTenants(stores, size.tenants);
  const people: Person[] = [];
  for (const [place, tenant] of tenants.entries()) {
    // Everybody is a guest in the next tenant, too.
    const tenantIds = [tenant.id, tenants[(place + 1) % tenants.length]?.id ?? tenant.id];
    people.push(
      ...(await seedPeople(stores, { ...proof, count: size.peopleOfEach, tenantIds: [...new Set(tenantIds)] })),
    );
  }
  people.push(...(await seedPeople(stores, { ...proof, count: size.peopleOfEach, tenantIds: [] })));
  const [owner, admin] = await seedPeople(stores, { ...proof, count: 2, tenantIds: [] });
  if (!owner || !admin) throw new Error("Nobody runs the platform.");
  await seedPlatformRole(stores, owner.id, "owner");
  await seedPlatformRole(stores, admin.id, "admin");
  const world: World = {
    ...{ stores, recorder, tenants, people, admin, passwordHash, cookieOf },
    live: new Map(),
    ended: [],
    seed: (wishes) => seed(world, wishes),
    hold: (held) => {
      recorder.addCredential(held.credential);
      world.live.set(held.credential.id, held);
      return held;
    },
    bury: (coverage, except = []) => bury(world, coverage, except),
    ...createOperators(stores, owner, cookieOf),
  };
  await world.renewOperators();
  return world;
}

async function seed(world: World, wishes: readonly SessionWish[]): Promise<Held[]> {
  const invoked = performance.now();
  const sessions = await seedSessions(world.stores, wishes).catch((): SeededSession[] => []);
  const created = { invoked, returned: performance.now() };
  return sessions.map(({ sessionId, token, person, tenantId, address }) => {
    if (tenantId !== null) world.recorder.addEntry({ credentialId: sessionId, tenantId, isSure: true, ...created });
    const credential: Credential = {
      ...{ id: sessionId, sessionId, homeTenantId: person.homeTenantId, proof: null, created },
      userIds: [person.id],
      block: blockOf(address),
    };
    return world.hold({ credential, cookie: world.cookieOf(token), person });
  });
}

function bury(world: World, coverage: Coverage, except: readonly string[]): Held[] {
  const covered = [...world.live.values()].filter(
    ({ credential }) => !except.includes(credential.id) && mayCover(world, coverage, credential),
  );
  for (const held of covered) {
    world.live.delete(held.credential.id);
    world.ended.push(held);
  }
  if (world.ended.length > endedMax) world.ended.splice(0, world.ended.length - endedMax);
  return covered;
}

function mayCover({ recorder }: World, coverage: Coverage, credential: Credential): boolean {
  const activeTenant = recorder.entries.get(credential.id)?.at(-1)?.tenantId;
  switch (coverage.kind) {
    case "credentials":
      return coverage.credentialIds.includes(credential.id);
    case "user":
      return credential.userIds.includes(coverage.userId) && [null, activeTenant].includes(coverage.tenantId);
    case "tenant":
      return [activeTenant, credential.homeTenantId].includes(coverage.tenantId);
    case "block":
      return credential.block === coverage.block;
    case "platform":
      return true;
  }
}

/** The block by which a filter names an address and its neighbours. */
export function blockOf(address: string): string {
  return `${address.split(".").slice(0, 3).join(".")}.0/24`;
}
