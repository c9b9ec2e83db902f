import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { hashSessionToken } from "@/lib/auth/session-cookie";
import { newId } from "@/lib/db/new-id";

/** Somebody with a set of live sessions. */
export type StockedUser = { id: string; email: string };

/** Puts rows straight into the tables, past the triggers that a sign-in passes: a million of them is a set-up, not a measurement. */
export type SessionStock = {
  addUser: (tenantId?: string) => Promise<StockedUser>;
  addTenant: () => Promise<{ id: string; slug: string }>;
  /** Live sessions of a user; those of a member are active in the tenant. */
  addSessions: (user: StockedUser, count: number, tenantId?: string) => Promise<void>;
  /** One live session whose token is known. */
  addSession: (user: StockedUser) => Promise<{ id: string; tokenHash: string }>;
  /** Takes back the last end of all sessions of a tenant, so that they can be ended once more. */
  reviveTenant: (tenantId: string) => Promise<void>;
  /** Lets Postgres know what is in the tables now, as its own vacuum would in time. */
  analyze: () => Promise<void>;
  close: () => Promise<void>;
};

/** Opens it on a database of the benchmark's own. */
export async function openSessionStock(superuserUrl: string): Promise<SessionStock> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  await client.query("set session_replication_role = replica; set synchronous_commit = off");
  const addMany = async (user: StockedUser, { count, tenantId }: { count: number; tenantId?: string }) => {
    await client.query(insertSessions, [user.id, count, tenantId ?? null]);
    await client.query(insertActivity, [user.id]);
  };
  return {
    addUser: async (tenantId) => {
      const id = newId();
      const user = { id, email: `${id}@example.com` };
      await client.query(`insert into "user" (id, email, name, updated_at) values ($1, $2, 'Bench', now())`, [
        id,
        user.email,
      ]);
      if (tenantId) {
        await client.query("insert into membership (id, tenant_id, user_id) values ($1, $2, $3)", [
          newId(),
          tenantId,
          id,
        ]);
      }
      return user;
    },
    addTenant: async () => {
      const id = newId();
      await client.query("insert into tenant (id, slug, name, updated_at) values ($1, $2, 'Bench', now())", [id, id]);
      return { id, slug: id };
    },
    addSessions: (user, count, tenantId) => addMany(user, { count, tenantId }),
    addSession: async (user) => {
      const id = newId();
      const tokenHash = hashSessionToken(randomBytes(24).toString("base64url"));
      await client.query(insertOne, [id, user.id, tokenHash]);
      await client.query(insertActivity, [user.id]);
      return { id, tokenHash };
    },
    reviveTenant: async (tenantId) =>
      void (await client.query("update tenant set session_epoch = session_epoch - 1 where id = $1", [tenantId])),
    analyze: async () => void (await client.query("vacuum analyze session, session_activity")),
    close: () => client.end(),
  };
}

const columns = `id, user_id, token_hash, expires_at, created_at, updated_at, idle_seconds, active_tenant_id,
  platform_epoch, user_epoch, tenant_epoch, membership_epoch`;

const values = `u.id, %hash, now() + interval '1 day', now(), now(), 86400, t.id, p.session_epoch, u.session_epoch,
  t.session_epoch, m.session_epoch`;

const owners = `from "user" u cross join platform p`;

const insertSessions = `
  insert into session (${columns})
  select gen_random_uuid(), ${values.replace("%hash", "encode(sha256(gen_random_uuid()::text::bytea), 'hex')")}
  ${owners} left join tenant t on t.id = $3::uuid left join membership m on m.tenant_id = t.id and m.user_id = u.id
  cross join generate_series(1, $2::int)
  where u.id = $1`;

const insertOne = `
  insert into session (${columns})
  select $1, ${values.replace("%hash", "$3")} ${owners}
  left join tenant t on false left join membership m on false where u.id = $2`;

const insertActivity = `
  insert into session_activity (session_id, last_seen_at, active_tenant_id, home_tenant_id)
  select s.id, s.created_at, s.active_tenant_id, s.home_tenant_id from session s where s.user_id = $1
  on conflict do nothing`;
