import { keyPermissionsOf } from "@/lib/api-keys/key-permissions";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import type { Operation } from "@/lib/operations/define-operation";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { blockedKey, refusalsKey, subjectHash, toBlockId, topKey, whoKey } from "@/lib/rate-limits/limit-keys";
import { redisClient } from "@/lib/redis/redis-client";
import { makeUser } from "@/tests/support/factories";
import { contextFor } from "@/tests/support/people";
import type { TestRuntime } from "@/tests/support/test-runtime";
import { type FurnishedTenant, furnishTenant, type Sql, tenantRoleKeys, tracesOf } from "./furnished-tenant";
import type { Belongings } from "./known-fields";
import { fieldsOf, ownInput } from "./operation-inputs";

/** Somebody who calls, with the name under which failures speak of them. */
export type Caller = { name: string; ctx: RequestContext };

/** Two tenants and the platform, with everybody who calls in the first of them. */
export type CrossTenantWorld = Belongings & {
  callers: Caller[];
  /** What must be in no answer. */
  foreignTraces: string[];
  /** Cursors of the other tenant's lists, by the operation's name. */
  foreignCursors: Map<string, string>;
  /** Addresses of people at home in the other tenant, each to be used once: an address takes few mails an hour. */
  foreignAddresses: string[];
};

/** Makes it; the cursors come from the other tenant's own owner. */
export async function openCrossTenantWorld(
  runtime: TestRuntime,
  operations: readonly Operation[],
): Promise<CrossTenantWorld> {
  const { asSuperuser } = runtime;
  const ours = await furnishTenant(asSuperuser);
  const theirs = await furnishTenant(asSuperuser);
  for (const tenant of [ours, theirs]) await furnishLimits(tenant);
  const platform = await furnishPlatform(runtime, asSuperuser);
  const until = new Date(Date.now() + 1).toISOString();
  const all: Belongings = { ours, theirs, platform, until };
  const foreignCursors = await mintCursors(operations, all);
  const { userIds, emails, sessionIds, receiptIds, eventIds, keyIds } = platform;
  return {
    ...all,
    callers: await makeCallers(ours),
    foreignTraces: [...tracesOf(theirs), ...userIds, ...emails, ...sessionIds, ...receiptIds, ...eventIds, ...keyIds],
    foreignCursors,
    foreignAddresses: await addStrangers(asSuperuser, theirs),
  };
}

// What the limiter says of a tenant stands in Redis: some of its accounts are refused, and two addresses were busy.
async function furnishLimits({ tenantId, address, people, emails }: FurnishedTenant): Promise<void> {
  const rule = "reset-mail-account";
  const now = Date.now();
  const of = { dimension: "account", label: people.member, userId: people.member, tenantId, address };
  const client = redisClient.get();
  for (const email of emails) {
    const hash = subjectHash("account", email);
    const blockId = toBlockId(rule, hash);
    for (const key of [blockedKey(null), blockedKey(tenantId)]) await client.zadd(key, now + 7_200_000, blockId);
    await client.hset(whoKey(rule, hash), { ...of, attempts: 3, since: now });
    const refusal = JSON.stringify({ ...of, at: now, rule, blockId, retryAfterMilliseconds: 7_200_000 });
    for (const key of [refusalsKey(null), refusalsKey(tenantId)]) await client.lpush(key, refusal);
  }
  const busy = topKey("address", Math.floor(now / 60_000), tenantId);
  await client.zadd(busy, 8, `reset-mail-address|${address}`, 3, `api|${address}/32`);
}

async function addStrangers(sql: Sql, { tenantId, mark }: FurnishedTenant): Promise<string[]> {
  const added = await sql<{ email: string }>(
    `insert into "user" (id, name, email, home_tenant_id)
     select gen_random_uuid(), 'Stranger', 'stranger' || n || '-' || $2 || '@example.com', $1 from generate_series(1, 100) n returning email`,
    [tenantId, mark],
  );
  return added.map(({ email }) => email);
}

const scopeOf = ({ tenantId, tenantSlug }: FurnishedTenant) => ({ kind: "tenant", tenantId, tenantSlug }) as const;

async function makeCallers(ours: FurnishedTenant): Promise<Caller[]> {
  const scope = scopeOf(ours);
  const callers: Caller[] = [];
  for (const key of tenantRoleKeys) callers.push({ name: key, ctx: await contextFor(ours.people[key], scope) });
  const keys = callers
    .filter(({ name }) => name === "owner" || name === "admin")
    .map(({ name, ctx }) => ({ name: `API key of the ${name}`, ctx: byKey(ctx) }));
  const moderator = callers.find(({ name }) => name === "moderator");
  const acting = moderator ? [{ name: "owner acting as the moderator", ctx: actedAs(moderator.ctx, ours) }] : [];
  const above: Caller[] = [];
  for (const platformRole of ["owner", "admin", "support", "auditor"] as const) {
    const { id } = await makeUser({ platformRole });
    above.push({ name: `platform's ${platformRole}`, ctx: await contextFor(id, scope) });
  }
  return [...callers, ...keys, ...acting, ...above];
}

function byKey(ctx: RequestContext): RequestContext {
  const allowed = new Set<string>(keyPermissionsOf("tenant"));
  const permissions = new Set([...ctx.grants.permissions].filter((name) => allowed.has(name)));
  const grants = { ...ctx.grants, permissions, roles: [], isOwner: false };
  return { ...ctx, grants, actor: { type: "api_key", id: newId(), name: "key", ownerId: ctx.actor.id ?? "" } };
}

function actedAs(ctx: RequestContext, { people, tenantId }: FurnishedTenant): RequestContext {
  if (ctx.actor.type !== "user") throw new Error("Only people are acted as.");
  const impersonatedBy = { id: people.owner, name: "Owner", sessionId: newId(), confinedTenantId: tenantId };
  return { ...ctx, actor: { ...ctx.actor, impersonatedBy } };
}

/** A request of a caller's own: each is another session or key to the throttle. */
export function ownRequest({ ctx }: Caller): RequestContext {
  const { actor } = ctx;
  const requestId = newId();
  if (actor.type === "user") return { ...ctx, requestId, actor: { ...actor, sessionId: newId() } };
  return actor.type === "api_key" ? { ...ctx, requestId, actor: { ...actor, id: newId() } } : { ...ctx, requestId };
}

async function mintCursors(operations: readonly Operation[], all: Belongings): Promise<Map<string, string>> {
  const ctx = await contextFor(all.theirs.people.owner, scopeOf(all.theirs));
  const cursors = new Map<string, string>();
  for (const operation of operations.filter((one) => fieldsOf(one).names.includes("cursor"))) {
    const page = await runOperation(operation, ctx, { ...ownInput(operation, all), limit: 1 });
    const cursor: unknown = Reflect.get(Object(page), "nextCursor");
    if (typeof cursor !== "string") throw new Error(`${operation.name} has no second page in a furnished tenant.`);
    cursors.set(operation.name, cursor);
  }
  return cursors;
}

async function furnishPlatform({ makeSessions }: TestRuntime, sql: Sql): Promise<Belongings["platform"]> {
  const support = await makeUser({ platformRole: "support" });
  const nobody = await makeUser();
  const sessions = await makeSessions(support.id, 2);
  const [roleId, receiptId, eventId, keyId, viewId] = [newId(), newId(), newId(), newId(), newId()];
  await sql(
    `insert into role (id, scope, key, name, rank, permissions) values ($1, 'platform', $2, 'Platform role', 15, '{users.read}')`,
    [roleId, `p-${roleId}`],
  );
  await sql(
    `insert into revocation_receipt (id, kind, request, actor_type, actor_name, request_id) values ($1, 'user', '{}', 'user', 'x', 'r')`,
    [receiptId],
  );
  await sql(
    `insert into audit_event (id, action, outcome, actor_type, actor_id, actor_name, request_id, source)
     values ($1, 'user.lock', 'success', 'user', $2, 'x', 'r', 'api')`,
    [eventId, support.id],
  );
  await sql(
    `insert into api_key (id, owner_id, name, prefix, secret_hash, permissions, expires_at)
     values ($1, $2, 'Key', 'gh_zzzzz', encode(sha256($3::text::bytea), 'hex'), '{users.read}', now() + interval '1 day')`,
    [keyId, support.id, keyId],
  );
  await sql(
    `insert into saved_view (id, owner_id, list, name, query, shared) values ($1, $2, 'sessions', 'View', '{}', true)`,
    [viewId, support.id],
  );
  return {
    userIds: [support.id, nobody.id],
    emails: [support.email, nobody.email],
    sessionIds: sessions.map(({ id }) => id),
    roleIds: [roleId, builtInRoleId("platform", "owner"), builtInRoleId("platform", "auditor")],
    receiptIds: [receiptId],
    eventIds: [eventId],
    keyIds: [keyId],
    viewIds: [viewId],
  };
}

/**
 * Everything that belongs to the other tenant, with the transaction that wrote it last. Captured mail is left out: a mail
 * to an address is sent by whoever writes to it.
 */
export async function snapshotOf(sql: Sql, tenant: FurnishedTenant): Promise<string[]> {
  const tables = await sql<{ name: string; carries: boolean }>(
    `select x.oid::regclass::text as name, exists (
       select from pg_attribute a where a.attrelid = x.oid and a.attname = 'tenant_id') as carries
     from pg_class x where x.relkind in ('r', 'p') and not x.relispartition
       and x.relnamespace::regnamespace::text = 'public' and x.relname not in ('captured_mail', '_prisma_migrations')`,
  );
  const found: string[] = [];
  for (const { name, carries } of tables) {
    const where = carries ? "tenant_id = $1::uuid" : "r::text ~ $1";
    const traces = carries ? tenant.tenantId : tracesOf(tenant).join("|");
    const rows = await sql<{ row: string }>(`select r.xmin || ' ' || r::text as row from ${name} r where ${where}`, [
      traces,
    ]);
    found.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  return found.sort();
}
