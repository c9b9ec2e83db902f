import { type ChildProcess, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { openSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import autocannon from "autocannon";
import { Redis } from "ioredis";
import { createSessionCookie, hashSessionToken, signSessionToken } from "@/lib/auth/session-cookie";
import { loadAuthSecret } from "@/lib/config/auth-secret";
import { readEnv } from "@/lib/config/env";
import { newId } from "@/lib/db/new-id";
import { createPrismaClient, prismaClient } from "@/lib/db/prisma-client";
import { makeTestDataDirectory, startTestStores, stopAndRemove } from "@/tests/support/test-stores";
import { median, print, shuffle } from "./support/figures";

const { values: flags } = parseArgs({
  options: {
    rounds: { type: "string", default: "7" },
    seconds: { type: "string", default: "3" },
    warm: { type: "string", default: "40000" },
    sessions: { type: "string", default: "2000" },
    connections: { type: "string", default: "16" },
    revoked: { type: "string", default: "0.01" },
    junk: { type: "string", default: "0.04" },
  },
});

type Arm = { process: ChildProcess; port: number };
type Request = { cookie: string; status: 200 | 401 };

const dataDir = makeTestDataDirectory();
const { stores, stop } = await startTestStores();
const arms: ChildProcess[] = [];
try {
  const redis = new Redis(stores.redisUrl);
  await redis.set("bench:value", "x".repeat(300));
  const requests = await makeRequests();
  const baseline = await startArm("baseline");
  const gatehouse = await startArm("gatehouse");
  // Until the compiler has seen enough of either; a cold program says little about a running one.
  for (const arm of [gatehouse, baseline])
    await load(arm, { requests, amount: Number(flags.warm), exact: arm === gatehouse });
  const ratios: number[] = [];
  const rates: number[] = [];
  const processorRatios: number[] = [];
  for (let round = 0; round < Number(flags.rounds); round += 1) {
    // The order alternates, so that neither arm always follows the other's heat.
    const order = round % 2 === 0 ? [baseline, gatehouse] : [gatehouse, baseline];
    const measured = new Map<Arm, Measured>();
    for (const arm of order) {
      measured.set(arm, await load(arm, { requests, seconds: Number(flags.seconds), exact: arm === gatehouse }));
    }
    const [of, to] = [measured.get(gatehouse), measured.get(baseline)];
    if (!of || !to) throw new Error("An arm was not measured.");
    ratios.push(of.perSecond / to.perSecond);
    processorRatios.push(to.processorMicroseconds / of.processorMicroseconds);
    rates.push(of.perSecond);
  }
  print({
    figure: "session-check.ratio",
    of: "GET /api/v1/session to a bare server with one Redis GET",
    ...median(ratios),
    wanted: ">= 0.70",
    requestsPerSecond: Math.round(median(rates).median),
    distinctCookies: requests.length,
  });
  // Less moved by whatever else the machine is doing: how much of a processor one request takes.
  print({
    figure: "session-check.processor-ratio",
    of: "the same, by processor time of the two servers",
    ...median(processorRatios),
  });
  print(await roundTrips(redis, gatehouse.port, requests));
  redis.disconnect();
} finally {
  for (const arm of arms) arm.disconnect();
  await stop();
  await stopAndRemove(dataDir);
}

async function startArm(name: string): Promise<Arm> {
  const log = openSync(join(dataDir, `${name}.log`), "w");
  const child = fork(
    join(import.meta.dirname, "support", "session-check-arms.ts"),
    [name, stores.databaseUrl, stores.redisUrl, dataDir],
    {
      execArgv: process.execArgv,
      stdio: ["ignore", log, "inherit", "ipc"],
      env: { ...process.env, NODE_ENV: "production" },
    },
  );
  arms.push(child);
  return { process: child, port: await ask(child, "port") };
}

async function ask(child: ChildProcess, name: string): Promise<number> {
  child.send(name);
  const [answer] = await once(child, "message");
  return Number(answer);
}

/** Distinct cookies: live ones, revoked ones and ones that nobody has signed, in no order. */
async function makeRequests(): Promise<Request[]> {
  const env = readEnv({ GATEHOUSE_DATA_DIR: dataDir });
  const cookie = createSessionCookie({ gatehouseUrl: env.gatehouseUrl, secret: loadAuthSecret(env) });
  const prisma = createPrismaClient({ databaseUrl: stores.databaseUrl, poolMax: 2, onConnectionError: () => {} });
  prismaClient.set(prisma);
  const count = Number(flags.sessions);
  const users = Array.from({ length: Math.ceil(count / 2) }, () => ({ id: newId(), name: "Bench" }));
  await prisma.user.createMany({ data: users.map((user) => ({ ...user, email: `${user.id}@example.com` })) });
  const live = Array.from({ length: count }, (_, index) => ({
    token: newToken(),
    userId: users[index >> 1]?.id ?? "",
  }));
  const expiresAt = new Date(Date.now() + 86_400_000);
  await prisma.session.createMany({
    data: shuffle(live).map(({ token, userId }) => ({
      id: newId(),
      userId,
      token: hashSessionToken(token),
      expiresAt,
      idleSeconds: 86_400,
      platformEpoch: 0,
      userEpoch: 0,
    })),
  });
  await prisma.$disconnect();
  const toCookie = (token: string) => `${cookie.name}=${signSessionToken(token, cookie)}`;
  const revoked = Math.round(count * Number(flags.revoked));
  const junk = Math.round(count * Number(flags.junk));
  return shuffle([
    ...live.map(({ token }): Request => ({ cookie: toCookie(token), status: 200 })),
    // Signed and of no row: what a revoked cookie is.
    ...Array.from({ length: revoked }, (): Request => ({ cookie: toCookie(newToken()), status: 401 })),
    ...Array.from(
      { length: junk },
      (): Request => ({ cookie: `${cookie.name}=${newToken()}.${newToken()}`, status: 401 }),
    ),
  ]);
}

function newToken(): string {
  return randomBytes(24).toString("base64url");
}

type Load = { requests: Request[]; exact: boolean; seconds?: number; amount?: number };

type Measured = { perSecond: number; processorMicroseconds: number };

/** What an arm does under load; throws when a live session was refused or a dead one accepted. */
async function load(arm: Arm, { requests, seconds, amount, exact }: Load): Promise<Measured> {
  const processorBefore = await ask(arm.process, "processor");
  const connections = Number(flags.connections);
  let clients = 0;
  let wrong = 0;
  const result = await autocannon({
    url: `http://127.0.0.1:${arm.port}/api/v1/session`,
    connections,
    ...(amount === undefined ? { duration: seconds } : { amount }),
    setupClient: (client) => {
      const own = requests.filter((_request, index) => index % connections === clients);
      clients += 1;
      client.setRequests(
        own.map(({ cookie, status }) => ({
          headers: { cookie },
          onResponse: (answered: number) => {
            if (exact && answered !== status) wrong += 1;
          },
        })),
      );
    },
  });
  if (wrong > 0 || result.errors > 0) throw new Error(`${wrong} wrong answers, ${result.errors} errors: no figure.`);
  const processor = (await ask(arm.process, "processor")) - processorBefore;
  const { total } = result.requests;
  return { perSecond: total / result.duration, processorMicroseconds: processor / total };
}

/** Redis commands for a check of a live session whose entry is there. */
async function roundTrips(redis: Redis, port: number, requests: Request[]): Promise<object> {
  const live = requests.filter(({ status }) => status === 200).slice(0, 500);
  const askAll = async () => {
    for (const { cookie } of live) await fetch(`http://127.0.0.1:${port}/api/v1/session`, { headers: { cookie } });
  };
  await askAll();
  const before = await commands(redis);
  await askAll();
  const spent = (await commands(redis)) - before;
  return { figure: "session-check.redis-round-trips", value: spent / live.length, wanted: 1, checks: live.length };
}

async function commands(redis: Redis): Promise<number> {
  const text = await redis.info("commandstats");
  let calls = 0;
  for (const [, name, count] of text.matchAll(/^cmdstat_(\S+?):calls=(\d+)/gm))
    if (name !== "info") calls += Number(count);
  return calls;
}
