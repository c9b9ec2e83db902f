import { createHash, randomBytes } from "node:crypto";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import type { OwnStores } from "@/tests/support/own-stores";

/** Rows as sign-up, administrators and sign-in would have made them, many at a time and without the cost of a password. */
type Database = Pick<OwnStores, "asSuperuser">;

/** A tenant. */
export type Tenant = { id: string; slug: string };

/** Somebody who signs in. */
export type Person = {
  id: string;
  email: string;
  homeTenantId: string | null;
  tenantIds: string[];
  /** How many times the password has been changed, and what it is now. */
  changes: number;
  password: string;
};

/** Makes open tenants. */
export async function seedTenants({ asSuperuser }: Database, count: number): Promise<Tenant[]> {
  const tenants = Array.from({ length: count }, () => ({ id: newId(), slug: `t-${randomBytes(5).toString("hex")}` }));
  await asSuperuser(
    "insert into tenant (id, slug, name) select id, slug, slug from unnest($1::uuid[], $2::text[]) as t(id, slug)",
    [tenants.map(({ id }) => id), tenants.map(({ slug }) => slug)],
  );
  return tenants;
}

type PeopleWishes = {
  count: number;
  /** Everybody is a member of all of these; the first is the home. Empty: at home on the platform. */
  tenantIds: readonly string[];
  password: string;
  passwordHash: string;
};

/** Makes people with a password, who may read their tenants' users. */
export async function seedPeople({ asSuperuser }: Database, wishes: PeopleWishes): Promise<Person[]> {
  const { count, tenantIds, password, passwordHash } = wishes;
  const people = Array.from({ length: count }, (): Person => {
    const id = newId();
    const homeTenantId = tenantIds[0] ?? null;
    return { id, email: `${id}@example.com`, homeTenantId, tenantIds: [...tenantIds], changes: 0, password };
  });
  const ids = people.map(({ id }) => id);
  await asSuperuser(
    `insert into "user" (id, name, email, home_tenant_id) select id, 'History Person', id || '@example.com', $2::uuid from unnest($1::uuid[]) as p(id)`,
    [ids, tenantIds[0] ?? null],
  );
  await asSuperuser(
    `insert into account (id, account_id, provider_id, user_id, password)
     select id, user_id, 'credential', user_id, $3 from unnest($1::uuid[], $2::uuid[]) as a(id, user_id)`,
    [ids.map(newId), ids, passwordHash],
  );
  for (const tenantId of tenantIds) await seedMemberships({ asSuperuser }, tenantId, ids);
  return people;
}

/** Makes people members of a tenant, as moderators. */
export async function seedMemberships({ asSuperuser }: Database, tenantId: string, userIds: string[]): Promise<void> {
  await asSuperuser(
    `with member as (
       insert into membership (id, tenant_id, user_id)
       select id, $1::uuid, user_id from unnest($2::uuid[], $3::uuid[]) as m(id, user_id) returning id, tenant_id
     )
     insert into membership_role (tenant_id, membership_id, role_id) select tenant_id, id, $4::uuid from member`,
    [tenantId, userIds.map(newId), userIds, builtInRoleId("tenant", "moderator")],
  );
}

/** Gives somebody a role of the platform. */
export async function seedPlatformRole(
  { asSuperuser }: Database,
  userId: string,
  role: "owner" | "admin",
): Promise<void> {
  await asSuperuser("insert into platform_role_assignment (user_id, role_id) values ($1, $2)", [
    userId,
    builtInRoleId("platform", role),
  ]);
}

/** A session to be made. */
export type SessionWish = { person: Person; tenantId: string | null; address: string };

/** A session that was made, with the token that nobody else knows. */
export type SeededSession = SessionWish & { sessionId: string; token: string };

/**
 * Makes sessions by one statement, through the trigger that admits every session. Those of people who have gone are
 * left out; throws where somebody may not have one at this moment (locked, tenant suspended).
 */
export async function seedSessions(
  { asSuperuser }: Database,
  wishes: readonly SessionWish[],
): Promise<SeededSession[]> {
  const made = wishes.map((wish) => ({ ...wish, sessionId: newId(), token: randomBytes(24).toString("base64url") }));
  const rows = await asSuperuser<{ id: string }>(
    `insert into session (id, user_id, token_hash, expires_at, idle_seconds, ip_address, user_agent, browser, os, device,
       active_tenant_id, platform_epoch, user_epoch)
     select s.id, u.id, s.token_hash, now() + interval '1 day', 3600, s.address, 'history', 'Chrome', 'Linux', 'desktop',
       s.tenant_id, 0, u.session_epoch
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::inet[], $5::uuid[]) as s(id, user_id, token_hash, address, tenant_id)
     join "user" u on u.id = s.user_id
     returning id`,
    [
      made.map(({ sessionId }) => sessionId),
      made.map(({ person }) => person.id),
      made.map(({ token }) => hashOf(token)),
      made.map(({ address }) => address),
      made.map(({ tenantId }) => tenantId),
    ],
  );
  const inserted = new Set(rows.map(({ id }) => id));
  return made.filter(({ sessionId }) => inserted.has(sessionId));
}

/** Makes a link of a reset mail for everybody named, and returns the tokens in their order. */
export async function seedResetTokens({ asSuperuser }: Database, userIds: readonly string[]): Promise<string[]> {
  const tokens = userIds.map(() => randomBytes(24).toString("base64url"));
  await asSuperuser(
    `insert into verification (id, identifier, value, expires_at)
     select id, identifier, value, now() + interval '1 hour' from unnest($1::uuid[], $2::text[], $3::text[]) as v(id, identifier, value)`,
    [
      userIds.map(() => newId()),
      tokens.map((token) => createHash("sha256").update(`reset-password:${token}`).digest("base64url")),
      userIds,
    ],
  );
  return tokens;
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
