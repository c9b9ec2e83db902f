import { createHash, randomBytes } from "node:crypto";
import pg from "pg";
import { newId } from "@/lib/db/new-id";

/** An open connection; close it with `end`. */
export async function connectTo(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** The roles under which SQL runs at run time. */
export type ScopeRole = "gatehouse_app" | "gatehouse_tenant" | "gatehouse_platform";

/**
 * Runs `work` in a transaction of the run-time login under a role and a tenant setting (null: the setting is never
 * made). Rolls back when `work` throws.
 */
export async function inScope<T>(
  client: pg.Client,
  scope: { role: ScopeRole; tenantId?: string | null },
  work: () => Promise<T>,
): Promise<T> {
  await client.query("begin");
  try {
    if (scope.role !== "gatehouse_app") await client.query("select set_config('role', $1, true)", [scope.role]);
    if (scope.tenantId !== undefined && scope.tenantId !== null)
      await client.query("select set_config('app.tenant_id', $1, true)", [scope.tenantId]);
    const result = await work();
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

/** The SQLSTATE with which `work` was refused; null if it was not. */
export async function refusalOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof pg.DatabaseError) return error.code ?? "";
    throw error;
  }
}

/** Inserts a tenant (as superuser or platform) and returns its id. */
export async function insertTenant(client: pg.Client): Promise<string> {
  const id = newId();
  await client.query("insert into tenant (id, slug, name) values ($1, $2, 'Tenant')", [id, `t-${shortId()}`]);
  return id;
}

/** Inserts a user and returns the id. */
export async function insertUser(
  client: pg.Client,
  user: { email?: string; name?: string; homeTenantId?: string | null; createdAt?: Date } = {},
): Promise<string> {
  const id = newId();
  await client.query(
    'insert into "user" (id, name, email, home_tenant_id, created_at) values ($1, $2, $3, $4, coalesce($5, now()))',
    [id, user.name ?? "Somebody", user.email ?? `${shortId()}@example.com`, user.homeTenantId ?? null, user.createdAt],
  );
  return id;
}

/** Makes a user a member of a tenant, with a role if one is named, and returns the membership's id. */
export async function insertMembership(
  client: pg.Client,
  member: { tenantId: string; userId: string; roleId?: string },
): Promise<string> {
  const id = newId();
  await client.query("insert into membership (id, tenant_id, user_id) values ($1, $2, $3)", [
    id,
    member.tenantId,
    member.userId,
  ]);
  if (member.roleId) {
    await client.query("insert into membership_role (tenant_id, membership_id, role_id) values ($1, $2, $3)", [
      member.tenantId,
      id,
      member.roleId,
    ]);
  }
  return id;
}

/** Starts a session, as sign-in does, and returns its id and the hash of its token. */
export async function insertSession(
  client: pg.Client,
  session: { userId: string; userEpoch?: number; activeTenantId?: string | null; idleSeconds?: number },
): Promise<{ id: string; tokenHash: string }> {
  const id = newId();
  const tokenHash = createHash("sha256").update(randomBytes(32)).digest("hex");
  await client.query(
    `insert into session (id, user_id, token_hash, expires_at, idle_seconds, active_tenant_id, user_epoch, platform_epoch)
     values ($1, $2, $3, now() + interval '1 day', $4, $5, $6, 0)`,
    [
      id,
      session.userId,
      tokenHash,
      session.idleSeconds ?? 3600,
      session.activeTenantId ?? null,
      session.userEpoch ?? 0,
    ],
  );
  return { id, tokenHash };
}

function shortId(): string {
  return randomBytes(6).toString("hex");
}
