import { randomBytes } from "node:crypto";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";

/** Runs a statement that no row-level security binds. */
export type Sql = <Row = unknown>(text: string, values?: unknown[]) => Promise<Row[]>;

/** The built-in roles of a tenant, each of which somebody holds. */
export const tenantRoleKeys = ["owner", "admin", "moderator", "auditor", "member", "guest"] as const;

/** A member of `tenantRoleKeys`. */
export type TenantRoleKey = (typeof tenantRoleKeys)[number];

/** A tenant with rows in every table that can hold one for it. */
export type FurnishedTenant = {
  tenantId: string;
  tenantSlug: string;
  /** Part of every name, address and slug, and of nothing else in the installation. */
  mark: string;
  /** From where its people sign in, and nobody else. */
  address: string;
  /** Who holds which built-in role; all but the guest are at home here. */
  people: Record<TenantRoleKey, string>;
  userIds: string[];
  emails: string[];
  membershipIds: string[];
  sessionIds: string[];
  endedSessionId: string;
  /** A session in which the owner acts as the member. */
  impersonationId: string;
  tokenHashes: string[];
  roleIds: string[];
  receiptIds: string[];
  eventIds: string[];
  invitationIds: string[];
  /** Hashes of the links of the invitations. */
  invitationHashes: string[];
  keyIds: string[];
  /** One that is shared in the tenant and one that is its owner's alone. */
  viewIds: string[];
  /** An account of the tenant that is refused, and one that is let through, twice. */
  limitBlockIds: string[];
  limitExemptionIds: string[];
};

const hash = () => randomBytes(32).toString("hex");
const ids = (count: number) => Array.from({ length: count }, () => newId());

/** Makes a tenant with people, sessions, roles, keys, invitations, a policy, receipts and a log. */
export async function furnishTenant(sql: Sql): Promise<FurnishedTenant> {
  const mark = `z${randomBytes(5).toString("hex")}`;
  const tenantId = newId();
  const tenantSlug = `slug-${mark}`;
  const address = `10.${[...randomBytes(3)].join(".")}`;
  await sql("insert into tenant (id, slug, name) values ($1, $2, $3)", [tenantId, tenantSlug, `Name ${mark}`]);
  const people = await addPeople(sql, { tenantId, mark });
  const userIds = Object.values(people.byRole);
  const sessions = await addSessions(sql, { tenantId, address }, people.byRole);
  const [owner] = userIds;
  const place = { tenantId, mark, address, ownerId: owner ?? "" };
  return {
    tenantId,
    tenantSlug,
    mark,
    address,
    people: people.byRole,
    userIds,
    emails: people.emails,
    membershipIds: people.membershipIds,
    ...sessions,
    roleIds: await addRoles(sql, place),
    receiptIds: await addReceipts(sql, place),
    eventIds: await addEvents(sql, place),
    ...(await addInvitations(sql, place)),
    keyIds: await addKeys(sql, place),
    viewIds: await addViews(sql, place),
    ...(await addLimits(sql, place)),
  };
}

/** Every id, address and name by which something of the tenant could be known in an answer. */
export function tracesOf(tenant: FurnishedTenant): string[] {
  const { tenantId, mark, userIds, membershipIds, sessionIds, endedSessionId, impersonationId, tokenHashes } = tenant;
  const { roleIds, receiptIds, eventIds, invitationIds, keyIds, viewIds } = tenant;
  const { limitBlockIds, limitExemptionIds } = tenant;
  const sessions = [...sessionIds, endedSessionId, impersonationId, ...tokenHashes];
  return [tenantId, mark, ...userIds, ...membershipIds, ...sessions].concat(
    roleIds,
    receiptIds,
    eventIds,
    invitationIds,
    keyIds,
    viewIds,
    limitBlockIds,
    limitExemptionIds,
  );
}

type Place = { tenantId: string; mark: string; address: string; ownerId: string };

async function addPeople(sql: Sql, { tenantId, mark }: Pick<Place, "tenantId" | "mark">) {
  const made = tenantRoleKeys.map((key) => ({
    key,
    id: newId(),
    membership: newId(),
    email: `${key}-${mark}@example.com`,
  }));
  for (const { key, id, membership, email } of made) {
    const home = key === "guest" ? null : tenantId;
    await sql('insert into "user" (id, name, email, home_tenant_id) values ($1, $2, $3, $4)', [
      id,
      `${key} ${mark}`,
      email,
      home,
    ]);
    await sql("insert into membership (id, tenant_id, user_id) values ($1, $2, $3)", [membership, tenantId, id]);
    await sql("insert into membership_role (tenant_id, membership_id, role_id) values ($1, $2, $3)", [
      tenantId,
      membership,
      builtInRoleId("tenant", key),
    ]);
    await sql("insert into user_activity (user_id, last_seen_at) values ($1, now())", [id]);
    await sql(
      `insert into account_lockout (account_digest, user_id, stranger_claims, locked_until)
       values (sha256(convert_to($1, 'UTF8')), $2, 10, now() + interval '1 hour')`,
      [email, id],
    );
  }
  return {
    byRole: toPeople(made),
    emails: made.map(({ email }) => email),
    membershipIds: made.map(({ membership }) => membership),
  };
}

// The compiler does not see that every key of the list is there.
function toPeople(made: { key: TenantRoleKey; id: string }[]): FurnishedTenant["people"] {
  return Object.fromEntries(made.map(({ key, id }) => [key, id])) as FurnishedTenant["people"];
}

async function addSessions(
  sql: Sql,
  { tenantId, address }: Pick<FurnishedTenant, "tenantId" | "address">,
  people: FurnishedTenant["people"],
) {
  const tokenHashes: string[] = [];
  const add = async (userId: string, more: { by?: string; behind?: string } = {}) => {
    const id = newId();
    const token = hash();
    tokenHashes.push(token);
    await sql(
      `insert into session (id, user_id, token_hash, expires_at, idle_seconds, active_tenant_id, platform_epoch, user_epoch,
         impersonated_by_id, impersonator_session_id, ip_address)
       select $1, u.id, $2, now() + interval '1 day', 3600, $3, 0, u.session_epoch, $5, $6, $7 from "user" u where u.id = $4`,
      [id, token, tenantId, userId, more.by ?? null, more.behind ?? null, address],
    );
    return id;
  };
  const sessionIds: string[] = [];
  for (const userId of Object.values(people)) sessionIds.push(await add(userId));
  const endedSessionId = await add(people.member);
  await sql(
    "with stated as (select set_config('app.end_reason', 'revoked', true)) delete from session using stated where id = $1",
    [endedSessionId],
  );
  const behind = await add(people.owner);
  const impersonationId = await add(people.member, { by: people.owner, behind });
  // Marked to end; the receipt's id stands for the tenant, of which the row says nothing else.
  const marked = await add(people.member);
  await sql("insert into session_ending (session_id, receipt_id) values ($1, $2)", [marked, tenantId]);
  return { sessionIds: [...sessionIds, behind, marked], endedSessionId, impersonationId, tokenHashes };
}

async function addRoles(sql: Sql, { tenantId, mark }: Place): Promise<string[]> {
  const made = ids(2);
  for (const [index, id] of made.entries()) {
    await sql(
      `insert into role (id, tenant_id, scope, key, name, rank, permissions) values ($1, $2, 'tenant', $3, $4, 15, '{users.read}')`,
      [id, tenantId, `r${index}-${mark}`, `Role ${index} ${mark}`],
    );
  }
  return made;
}

async function addReceipts(sql: Sql, { tenantId, mark, ownerId }: Place): Promise<string[]> {
  const made = ids(2);
  for (const id of made) {
    await sql(
      `insert into revocation_receipt (id, tenant_id, kind, target_id, target_name, request, reason, actor_type, actor_id, actor_name,
         request_id, matched, ended, users, effective_at, completed_at)
       values ($1, $2, 'user', $3, $4, '{}', $4, 'user', $3, $4, $4, 1, 1, 1, now(), now())`,
      [id, tenantId, ownerId, mark],
    );
  }
  return made;
}

async function addEvents(sql: Sql, { tenantId, mark, address, ownerId }: Place): Promise<string[]> {
  const made = ids(3);
  for (const id of made) {
    await sql(
      `insert into audit_event (id, tenant_id, action, outcome, actor_type, actor_id, actor_name, target_type, target_id, target_name,
         reason, request_id, source, client_address)
       values ($1, $2, 'user.lock', 'success', 'user', $3, $4, 'user', $3, $4, $4, $4, 'api', $5)`,
      [id, tenantId, ownerId, mark, address],
    );
  }
  return made;
}

async function addInvitations(sql: Sql, { tenantId, mark, ownerId }: Place) {
  const made = ids(2);
  const invitationHashes = made.map(hash);
  for (const [index, id] of made.entries()) {
    await sql(
      `insert into invitation (id, tenant_id, email, name, token_hash, invited_by_type, invited_by_id, invited_by_name, expires_at)
       values ($1, $2, $3, $4, $5, 'user', $6, $4, now() + interval '7 days')`,
      [id, tenantId, `invited${index}-${mark}@example.com`, mark, invitationHashes[index], ownerId],
    );
    await sql("insert into invitation_role (tenant_id, invitation_id, role_id) values ($1, $2, $3)", [
      tenantId,
      id,
      builtInRoleId("tenant", "moderator"),
    ]);
  }
  await sql("insert into policy (id, tenant_id, session_idle_seconds, password_length_min) values ($1, $2, 3600, 14)", [
    newId(),
    tenantId,
  ]);
  await sql("insert into role_session_limit (id, tenant_id, role_id, session_idle_seconds) values ($1, $2, $3, 1800)", [
    newId(),
    tenantId,
    builtInRoleId("tenant", "auditor"),
  ]);
  return { invitationIds: made, invitationHashes };
}

async function addViews(sql: Sql, { tenantId, mark, ownerId }: Place): Promise<string[]> {
  const made = ids(2);
  for (const [index, id] of made.entries()) {
    await sql(
      `insert into saved_view (id, tenant_id, owner_id, list, name, query, shared) values ($1, $2, $3, 'sessions', $4, '{"country":"CH"}', $5)`,
      [id, tenantId, ownerId, `View ${index} ${mark}`, index === 0],
    );
  }
  return made;
}

async function addLimits(sql: Sql, { tenantId, mark, ownerId }: Place) {
  const block = newId();
  const exemptions = ids(2);
  await sql(
    `insert into rate_limit_block (id, tenant_id, dimension, subject, label, user_id, reason, blocked_until, created_by_type, created_by_name)
     values ($1, $2, 'account', $5, $4, $3, $4, now() + interval '1 hour', 'user', $4)`,
    [block, tenantId, ownerId, mark, randomBytes(12).toString("base64url")],
  );
  for (const exemption of exemptions) {
    await sql(
      `insert into rate_limit_exemption (id, tenant_id, user_id, reason, expires_at, created_by_type, created_by_name)
       values ($1, $2, $3, $4, now() + interval '1 hour', 'user', $4)`,
      [exemption, tenantId, ownerId, mark],
    );
  }
  await sql(
    `insert into rate_limit_tenant_tally (tenant_id, rule, granularity, bucket_at, allowed, refused, observed, degraded)
     values ($1, 'sign-in-account', 'hour', date_trunc('hour', now(), 'UTC'), 7, 7, 0, 0)`,
    [tenantId],
  );
  return { limitBlockIds: [block], limitExemptionIds: exemptions };
}

async function addKeys(sql: Sql, { tenantId, mark, ownerId }: Place): Promise<string[]> {
  const made = ids(2);
  for (const [index, id] of made.entries()) {
    await sql(
      `insert into api_key (id, tenant_id, owner_id, name, prefix, secret_hash, permissions, expires_at)
       values ($1, $2, $3, $4, 'gh_zzzzz', $5, '{users.read}', now() + interval '30 days')`,
      [id, tenantId, ownerId, `Key ${index} ${mark}`, hash()],
    );
  }
  return made;
}
