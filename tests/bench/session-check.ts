import { parseArgs } from "node:util";
import { Redis } from "ioredis";
import { makeTestDataDirectory, startTestStores, stopAndRemove } from "@/tests/support/test-stores";
import { type Arm, bundleArms, cookiesOf, load, type Measured, startArm, stopArm } from "./support/arm";
import { median, print, shuffle } from "./support/figures";
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
  const baseline: Contender = { arm: await start("baseline"), requests, exact: false };
  const library: Contender = { arm: await start("library"), requests, exact: true };
  const gatehouse: Contender = { arm: await start("gatehouse"), requests, exact: true };
  const contenders = { baseline, library, gatehouse, ...(await startBetterAuth()) };
  // Until the compiler has seen enough of each; a cold program says little about a running one.
  for (const contender of Object.values(contenders)) await loadOne(contender, { amount: Number(flags.warm) });
  printRatios(await runRounds(contenders), requests.length);
  print(await roundTrips(redis, gatehouse.arm.port, requests));
  redis.disconnect();
} finally {
  await Promise.all(arms.map(stopArm));
  await stop();
  await stopAndRemove(dataDir);
}

async function start(name: string): Promise<Arm> {
  const arm = await startArm(name, dataDir, [stores.databaseUrl, stores.redisUrl]);
  arms.push(arm);
  return arm;
}

/** Better Auth as a library and behind its own endpoint; each has users of its own. */
async function startBetterAuth(): Promise<Record<"betterAuth" | "betterAuthHttp", Contender>> {
  const [api, http] = [await start("better-auth"), await start("better-auth-http")];
  return {
    betterAuth: { arm: api, requests: await cookiesOf(api), exact: true },
    betterAuthHttp: { arm: http, requests: await cookiesOf(http), exact: true },
  };
}

type Name = "baseline" | "library" | "gatehouse" | "betterAuth" | "betterAuthHttp";
type Contender = { arm: Arm; requests: CookieRequest[]; exact: boolean };
type Round = Record<Name, Measured>;

function loadOne({ arm, requests: own, exact }: Contender, extent: { amount: number } | { duration: number }) {
  return load(arm, { requests: own, connections, extent, exact });
}

async function runRounds(contenders: Record<Name, Contender>): Promise<Round[]> {
  const rounds: Round[] = [];
  for (let round = 0; round < Number(flags.rounds); round += 1) {
    const measured = new Map<string, Measured>();
    // In another order each time, so that none always follows the same one's heat.
    for (const [name, contender] of shuffle(Object.entries(contenders)))
      measured.set(name, await loadOne(contender, { duration: Number(flags.seconds) }));
    const of = (name: Name) => measured.get(name) ?? { perSecond: Number.NaN, processorMicroseconds: Number.NaN };
    rounds.push({
      baseline: of("baseline"),
      library: of("library"),
      gatehouse: of("gatehouse"),
      betterAuth: of("betterAuth"),
      betterAuthHttp: of("betterAuthHttp"),
    });
  }
  return rounds;
}

// Client, Redis and server share the machine. Where the processors are all busy, the client's share, which is the same
// for all arms, draws these ratios towards one; the ratio of processor time leaves client and Redis out.
function printRatios(rounds: readonly Round[], distinctCookies: number): void {
  const compare = (figure: string, { of, to, wanted }: { of: Name; to: Name; wanted: string }) =>
    print({
      figure: `session-check.${figure}`,
      ...median(rounds.map((round) => round[of].perSecond / round[to].perSecond)),
      wanted,
      byProcessorTime: median(rounds.map((round) => round[to].processorMicroseconds / round[of].processorMicroseconds)),
      requestsPerSecond: Math.round(median(rounds.map((round) => round[of].perSecond)).median),
      processorMicroseconds: median(rounds.map((round) => round[of].processorMicroseconds)).median,
      distinctCookies,
    });
  compare("library-to-bare-get", { of: "library", to: "baseline", wanted: ">= 0.80" });
  compare("endpoint-to-bare-get", { of: "gatehouse", to: "baseline", wanted: ">= 0.70" });
  compare("endpoint-to-better-auth", { of: "gatehouse", to: "betterAuth", wanted: ">= 5" });
  compare("endpoint-to-better-auth-http", { of: "gatehouse", to: "betterAuthHttp", wanted: ">= 12" });
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
