import { parseArgs } from "node:util";
import { readEnv } from "@/lib/config/env";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { trustedContext } from "@/lib/operations/trusted-context";
import { redisClient } from "@/lib/redis/redis-client";
import { entryKey } from "@/lib/redis/redis-keys";
import { redisRun } from "@/lib/redis/redis-run";
import { createRuntime } from "@/lib/server/create-runtime";
import { checkSession } from "@/lib/sessions/check-session";
import { previewRevocation } from "@/lib/sessions/preview-revocation";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import { revokeSession } from "@/lib/sessions/revoke-session";
import { revokeSessions } from "@/lib/sessions/revoke-sessions";
import { revokeUserSessions } from "@/lib/sessions/revoke-user-sessions";
import { makeTestDataDirectory, startTestStores, stopAndRemove } from "@/tests/support/test-stores";
import { openBetterAuthStock } from "./support/better-auth-stock";
import { median, print } from "./support/figures";
import { openSessionStock, type SessionStock } from "./support/session-stock";

// How long it takes until a revocation is effective, by how much it ends. `--tenant 1000000` for the promised figure.
const { values: flags } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    user: { type: "string", default: "100000" },
    tenant: { type: "string", default: "200000" },
    "better-auth": { type: "string", default: "10000" },
  },
});
const rounds = Number(flags.rounds);
const platform = trustedContext("cli", "bench");

const dataDir = makeTestDataDirectory();
const { stores, stop } = await startTestStores();
const env = readEnv({ GATEHOUSE_DATA_DIR: dataDir, LOG_LEVEL: "silent" });
const runtime = await createRuntime({ ...env, databaseUrl: stores.databaseUrl, redisUrl: stores.redisUrl });
const stock = await openSessionStock(stores.superuserUrl);
try {
  await redisClient.get().config("SET", "slowlog-log-slower-than", "100");
  await compareUsers();
  await compareWithBetterAuth();
  await compareTenant();
  await measureRedis(stock);
} finally {
  await stock.close();
  await runtime.close();
  await stop();
  await stopAndRemove(dataDir);
}

/** All of a user's: many against ten. */
async function compareUsers(): Promise<void> {
  const samples = await interleave({
    many: () => revokeAllOf(Number(flags.user)),
    few: () => revokeAllOf(10),
  });
  printRatio(`revocation.user-of-${flags.user}-to-user-of-10`, samples, "<= 2");
}

async function revokeAllOf(count: number): Promise<number> {
  const user = await stock.addUser();
  await stock.addSessions(user, count);
  await stock.analyze();
  return timeUntilEffective(() => runOperation(revokeUserSessions, platform, { userId: user.id, reason: "bench" }));
}

/** All of a user's, in process, against Better Auth with its sessions in Redis. */
async function compareWithBetterAuth(): Promise<void> {
  const count = Number(flags["better-auth"]);
  const betterAuth = await openBetterAuthStock(stores.redisUrl);
  const samples = await interleave({
    many: () => betterAuth.revokeAllOf(count),
    few: () => revokeAllOf(count),
  });
  betterAuth.close();
  printRatio(`revocation.better-auth-to-gatehouse-user-of-${count}`, samples, ">= 50");
}

/** A whole tenant's against a single session. */
async function compareTenant(): Promise<void> {
  const members = 100;
  const tenant = await stock.addTenant();
  const ctx: RequestContext = {
    ...platform,
    scope: { kind: "tenant", tenantId: tenant.id, tenantSlug: tenant.slug },
  };
  for (let member = 0; member < members; member += 1) {
    const user = await stock.addUser(tenant.id);
    await stock.addSessions(user, Number(flags.tenant) / members, tenant.id);
  }
  await stock.analyze();
  const samples = await interleave({
    many: async () => {
      const { previewToken } = await runOperation(previewRevocation, ctx, { filter: {} });
      const all = await timeUntilEffective(() =>
        runOperation(revokeSessions, ctx, { filter: {}, previewToken, includeNew: true, reason: "bench" }),
      );
      await stock.reviveTenant(tenant.id);
      return all;
    },
    few: async () => {
      const { id } = await stock.addSession(await stock.addUser());
      return timeUntilEffective(() => runOperation(revokeSession, platform, { sessionId: id, reason: "bench" }));
    },
  });
  printRatio(`revocation.tenant-of-${flags.tenant}-to-one-session`, samples, "<= 3");
}

/** What a cached session takes in Redis, and the longest that any of this has held Redis up. */
async function measureRedis({ addUser, addSession }: SessionStock): Promise<void> {
  const user = await addUser();
  const { tokenHash } = await addSession(user);
  const deadline = Date.now() + 90_000;
  const run = redisRun.get().current() ?? "";
  // The fences of what went before keep anything from being cached for a minute.
  let bytes: number | null = null;
  while (bytes === null && Date.now() < deadline) {
    await checkSession(tokenHash);
    bytes = await redisClient.get().memory("USAGE", entryKey(run, tokenHash));
    if (bytes === null) await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  print({ figure: "revocation.redis-bytes-of-a-cached-session", value: bytes, wanted: "<= 600" });
  const slow = (await redisClient.get().slowlog("GET", 1_000)) as [number, number, number, string[]][];
  const longest = slow.reduce(
    (most, [, , microseconds, [command = ""]]) => (microseconds > most.microseconds ? { microseconds, command } : most),
    { microseconds: 0, command: "none over 100" },
  );
  print({
    figure: "revocation.longest-redis-command-milliseconds",
    value: longest.microseconds / 1_000,
    command: longest.command,
    wanted: "<= 5",
  });
}

/** Milliseconds from the call until the moment that its receipt calls effective; both clocks are this machine's. */
async function timeUntilEffective(revoke: () => Promise<Receipt>): Promise<number> {
  const startedAt = performance.timeOrigin + performance.now();
  const { effectiveAt, status, stores: fenced } = await revoke();
  if (effectiveAt === null || fenced.redis.status !== "fenced") throw new Error(`Not effective: ${status}.`);
  return Math.max(1, Date.parse(effectiveAt) - startedAt);
}

type Arms = { many: () => Promise<number>; few: () => Promise<number> };
type Samples = { many: number[]; few: number[] };

async function interleave(arms: Arms): Promise<Samples> {
  const samples: Samples = { many: [], few: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const few = await arms.few();
    const many = await arms.many();
    // The first round warms up.
    if (round === 0) continue;
    samples.few.push(few);
    samples.many.push(many);
  }
  return samples;
}

function printRatio(figure: string, { many, few }: Samples, wanted: string): void {
  print({
    figure,
    ...median(many.map((value, index) => value / (few[index] ?? Number.NaN))),
    wanted,
    milliseconds: { of: median(many).median, to: median(few).median },
  });
}
