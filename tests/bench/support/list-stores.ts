import { readEnv } from "@/lib/config/env";
import { runMigrations } from "@/lib/db/migrate";
import { withScope } from "@/lib/db/scoped-transaction";
import { acquireStores } from "@/lib/embedded/embedded-stores";
import type { RequestContext } from "@/lib/operations/request-context";
import { trustedContext } from "@/lib/operations/trusted-context";
import { seedScale } from "@/lib/seed/seed-scale";
import { createRuntime } from "@/lib/server/create-runtime";
import { makeTestDataDirectory, startTestStores, stopAndRemove } from "@/tests/support/test-stores";
import { withoutIndexes } from "./without-indexes";

/** Runs `work` on a database of this size, made for it and removed; or, with `reuse`, on the one the environment names. */
export async function withListStores(
  { reuse, users, sessions }: { reuse: boolean; users: number; sessions: number },
  work: () => Promise<void>,
): Promise<void> {
  const { databaseUrl, redisUrl, dataDir, close } = reuse ? await openExisting() : await seedNew({ users, sessions });
  try {
    const env = readEnv({ GATEHOUSE_DATA_DIR: dataDir, LOG_LEVEL: "silent" });
    const runtime = await createRuntime({ ...env, databaseUrl, redisUrl });
    await work().finally(runtime.close);
  } finally {
    await close();
  }
}

const largeTables = ["user", "membership", "membership_role", "session", "session_activity", "session_history"];

async function openExisting() {
  const env = readEnv();
  const { databaseUrl, migrateUrl, redisUrl, appPassword, release } = await acquireStores({
    dataDir: env.dataDir,
    env,
  });
  await runMigrations({ migrateUrl, runtimeUrl: databaseUrl, appPassword });
  return { databaseUrl, redisUrl, dataDir: env.dataDir, close: release };
}

async function seedNew({ users, sessions }: { users: number; sessions: number }) {
  const dataDir = makeTestDataDirectory();
  const { stores, stop } = await startTestStores();
  const tenants = Math.min(1_000, Math.ceil(users / 100));
  const onProgress = ({ loaded }: { loaded: number }) =>
    process.stderr.write(`\r${loaded} of ${users} users loaded${loaded === users ? "\n" : ""}`);
  const options = { users, sessions, events: 0, tenants, history: Math.floor(sessions / 5) };
  await withoutIndexes(stores.migrateUrl, largeTables, async () => {
    await seedScale(options, { ...stores, onProgress });
  });
  const close = async () => {
    await stop();
    await stopAndRemove(dataDir);
  };
  return { databaseUrl: stores.databaseUrl, redisUrl: stores.redisUrl, dataDir, close };
}

/** A tenant to measure, and a caller in it who may read everything. */
export type MeasuredTenant = { members: number; tenantId: string; ctx: RequestContext };

/** The largest tenant, and the one next to 300 members. */
export async function findTenants(): Promise<MeasuredTenant[]> {
  const rows = await withScope(
    { kind: "platform" },
    (tx) => tx.$queryRaw<{ tenantId: string; tenantSlug: string; members: number }[]>`
      with sizes as (select m.tenant_id, count(*)::int as members from membership m group by m.tenant_id)
      select t.id::text as "tenantId", t.slug as "tenantSlug", picked.members
      from ((select * from sizes order by members desc limit 1)
        union all (select * from sizes order by abs(members - 300), tenant_id limit 1)) picked
      join tenant t on t.id = picked.tenant_id`,
  );
  return rows.map(({ tenantId, tenantSlug, members }) => ({
    members,
    tenantId,
    ctx: { ...trustedContext("cli", "bench"), scope: { kind: "tenant", tenantId, tenantSlug } },
  }));
}
