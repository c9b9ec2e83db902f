import { parseArgs } from "node:util";
import { Redis } from "ioredis";
import { makeTestDataDirectory, startTestStores, stopAndRemove } from "@/tests/support/test-stores";
import { type Arm, bundleArms, load, type Measured, startArm, stopArm } from "./support/arm";
import { median, print } from "./support/figures";
import { type CookieRequest, makeCookies } from "./support/session-check-cookies";

const { values: flags } = parseArgs({
  options: {
    rounds: { type: "string", default: "9" },
    seconds: { type: "string", default: "3" },
    warm: { type: "string", default: "40000" },
    sessions: { type: "string", default: "2000" },
    connections: { type: "string", default: "16" },
    revoked: { type: "string", default: "0.01" },
    junk: { type: "string", default: "0.04" },
  },
});
const connections = Number(flags.connections);

const dataDir = makeTestDataDirectory();
const { stores, stop } = await startTestStores();
const arms: Arm[] = [];
try {
  await bundleArms();
  const redis = new Redis(stores.redisUrl);
  await redis.set("bench:value", "x".repeat(300));
  const requests = await makeCookies({
    dataDir,
    databaseUrl: stores.databaseUrl,
    sessions: Number(flags.sessions),
    revokedShare: Number(flags.revoked),
    junkShare: Number(flags.junk),
  });
  const baseline = await start("baseline");
  const gatehouse = await start("gatehouse");
  // Until the compiler has seen enough of either; a cold program says little about a running one.
  for (const arm of [gatehouse, baseline])
    await load(arm, { requests, connections, extent: { amount: Number(flags.warm) }, exact: arm === gatehouse });
  printRatios(await runRounds({ baseline, gatehouse }, requests), requests.length);
  print(await roundTrips(redis, gatehouse.port, requests));
  redis.disconnect();
} finally {
  await Promise.all(arms.map(stopArm));
  await stop();
  await stopAndRemove(dataDir);
}

async function start(name: "baseline" | "gatehouse"): Promise<Arm> {
  const arm = await startArm(name, dataDir, [stores.databaseUrl, stores.redisUrl]);
  arms.push(arm);
  return arm;
}

type Round = { baseline: Measured; gatehouse: Measured };

async function runRounds(of: { baseline: Arm; gatehouse: Arm }, requests: CookieRequest[]): Promise<Round[]> {
  const extent = { duration: Number(flags.seconds) };
  const measureBaseline = () => load(of.baseline, { requests, connections, extent, exact: false });
  const measureGatehouse = () => load(of.gatehouse, { requests, connections, extent, exact: true });
  const rounds: Round[] = [];
  for (let round = 0; round < Number(flags.rounds); round += 1) {
    // The order alternates, so that neither arm always follows the other's heat.
    if (round % 2 === 0) rounds.push({ baseline: await measureBaseline(), gatehouse: await measureGatehouse() });
    else rounds.push({ gatehouse: await measureGatehouse(), baseline: await measureBaseline() });
  }
  return rounds;
}

function printRatios(rounds: readonly Round[], distinctCookies: number): void {
  // Client, Redis and server share the machine. Where the processors are all busy, the client's share, which is the same
  // for both arms, draws this ratio towards one; the ratio of processor time leaves client and Redis out.
  print({
    figure: "session-check.ratio",
    of: "GET /api/v1/session to a bare server with one Redis GET",
    ...median(rounds.map(({ gatehouse, baseline }) => gatehouse.perSecond / baseline.perSecond)),
    wanted: ">= 0.70",
    requestsPerSecond: Math.round(median(rounds.map(({ gatehouse }) => gatehouse.perSecond)).median),
    distinctCookies,
  });
  print({
    figure: "session-check.processor-ratio",
    of: "the same, by processor time of the two servers",
    ...median(
      rounds.map(({ gatehouse, baseline }) => baseline.processorMicroseconds / gatehouse.processorMicroseconds),
    ),
    processorMicroseconds: median(rounds.map(({ gatehouse }) => gatehouse.processorMicroseconds)).median,
  });
}

/** Redis commands for a check of a live session whose entry is there. */
async function roundTrips(redis: Redis, port: number, requests: readonly CookieRequest[]): Promise<object> {
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
