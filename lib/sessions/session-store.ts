import { Pool } from "pg";
import { runtimePart } from "@/lib/config/runtime";
import type { Impersonator } from "@/lib/operations/request-context";
import type { CheckedSession } from "./checked-session";

/**
 * A few connections of the login role for the session check alone: a check must neither wait behind the operations'
 * transactions nor pay for one (measured: a scoped transaction costs five times a bare look-up).
 */
export const sessionPool = runtimePart<Pool>("session-pool");

type SessionPoolOptions = {
  databaseUrl: string;
  max: number;
  /** Milliseconds for which a dead Postgres may hang a check. */
  patienceMilliseconds: number;
  onError: (error: Error) => void;
};

/** Makes the pool. Of the patience, a free connection may take 30 % and a statement 45 %: the rest is the answer's. */
export function createSessionPool({ databaseUrl, max, patienceMilliseconds, onError }: SessionPoolOptions): Pool {
  const statementMilliseconds = Math.round(patienceMilliseconds * 0.45);
  const pool = new Pool({
    connectionString: databaseUrl,
    max,
    connectionTimeoutMillis: Math.round(patienceMilliseconds * 0.3),
    query_timeout: statementMilliseconds,
    statement_timeout: statementMilliseconds,
    idleTimeoutMillis: 30_000,
  });
  pool.on("error", onError);
  return pool;
}

/** A live session, and how many milliseconds it stays so by itself, on Postgres' clock. */
export type AliveSession = { session: CheckedSession; remainingMilliseconds: number };

/** The session of a token's hash, if it is alive. Throws what the driver throws. */
export async function findAliveSession(tokenHash: string): Promise<AliveSession | null> {
  const { rows } = await sessionPool.get().query<CheckRow>(
    `select session_id, user_id, email, name, created_at, expires_at, method, active_tenant_id, active_tenant_slug,
       active_tenant_name, impersonated_by_id, impersonated_by_name, impersonator_session_id, confined_tenant_id,
       (extract(epoch from least(expires_at, idle_expires_at) - clock_timestamp()) * 1000)::float8 as remaining
     from gatehouse.check_session($1)`,
    [tokenHash],
  );
  const row = rows[0];
  return row ? { session: toCheckedSession(row), remainingMilliseconds: row.remaining } : null;
}

/** One role that a user holds, where it counts. */
export type HeldRole = {
  scope: "platform" | "tenant";
  roleId: string;
  key: string;
  rank: number;
  builtIn: boolean;
  permissions: string[];
};

/** The platform roles of a user and, with a tenant, those held there. */
export async function findHeldRoles(userId: string, tenantId: string | null): Promise<HeldRole[]> {
  const { rows } = await sessionPool.get().query<HeldRole>(
    `select scope, role_id as "roleId", key, rank, built_in as "builtIn", permissions
       from gatehouse.load_grants($1::uuid, $2::uuid)`,
    [userId, tenantId],
  );
  return rows;
}

/** A tenant as a path names it, and whether the asking user is a member. */
export type NamedTenant = { id: string; slug: string; suspendedReason: string | null; isMember: boolean };

/** The tenant with this slug. `suspendedReason` is null while it is open. */
export async function findTenantFor(userId: string, slug: string): Promise<NamedTenant | null> {
  const { rows } = await sessionPool.get().query<NamedTenant>(
    `select id, slug, is_member as "isMember",
       case when suspended_at is not null then coalesce(suspended_reason, '') end as "suspendedReason"
     from gatehouse.find_tenant_for($1::uuid, $2)`,
    [userId, slug],
  );
  return rows[0] ?? null;
}

/** Hashes of a user's live sessions, at most `limit`, as the login role sees them: the living only. */
export async function findAliveTokenHashes(userId: string, limit: number): Promise<string[]> {
  const { rows } = await sessionPool
    .get()
    .query<{ token_hash: string }>("select token_hash from session where user_id = $1::uuid limit $2", [userId, limit]);
  return rows.map(({ token_hash: tokenHash }) => tokenHash);
}

type CheckRow = {
  session_id: string;
  user_id: string;
  email: string;
  name: string;
  created_at: Date;
  expires_at: Date;
  method: string;
  active_tenant_id: string | null;
  active_tenant_slug: string | null;
  active_tenant_name: string | null;
  impersonated_by_id: string | null;
  impersonated_by_name: string | null;
  impersonator_session_id: string | null;
  confined_tenant_id: string | null;
  remaining: number;
};

function toCheckedSession(row: CheckRow): CheckedSession {
  return {
    sessionId: row.session_id,
    userId: row.user_id,
    email: row.email,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    method: row.method,
    tenant:
      row.active_tenant_id === null
        ? null
        : { id: row.active_tenant_id, slug: row.active_tenant_slug ?? "", name: row.active_tenant_name ?? "" },
    impersonatedBy: toImpersonator(row),
  };
}

function toImpersonator(row: CheckRow): Impersonator | null {
  if (row.impersonated_by_id === null || row.impersonator_session_id === null) return null;
  return {
    id: row.impersonated_by_id,
    name: row.impersonated_by_name ?? "",
    sessionId: row.impersonator_session_id,
    confinedTenantId: row.confined_tenant_id,
  };
}
