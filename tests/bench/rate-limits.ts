import { parseArgs } from "node:util";
import { Redis } from "ioredis";
import { RateLimiterRedis } from "rate-limiter-flexible";
import { createMetrics, metrics } from "@/lib/observability/metrics";
import { redisAsker } from "@/lib/rate-limits/ask-redis";
import { toCallerOperation } from "@/lib/rate-limits/caller-operation";
import { type Charge, type Decision, type DecisionFacts, decide, decideBy } from "@/lib/rate-limits/decide";
import { counterKey, subjectHash } from "@/lib/rate-limits/limit-keys";
import { planDecision } from "@/lib/rate-limits/plan-decision";
import { createRedisClient, isRedisReady, redisClient } from "@/lib/redis/redis-client";
import { startTestStores } from "@/tests/support/test-stores";
import { median, print, shuffle } from "./support/figures";

const { values: flags } = parseArgs({
  options: {
    rounds: { type: "string", default: "9" },
    milliseconds: { type: "string", default: "1000" },
    connections: { type: "string", default: "64" },
    callers: { type: "string", default: "2000" },
  },
});
const connections = Number(flags.connections);
const callers = Array.from({ length: Number(flags.callers) }, (_, index) => `session:${index}`);
const nothingKnown: DecisionFacts = { tenantId: null, path: null, address: null };

const { stores, stop } = await startTestStores();
const opened: Redis[] = [];
try {
  metrics.set(createMetrics());
  const client = await openAsGatehouseDoes();
  redisClient.set(client);
  await client.flushdb();
  await client.set("bench:value", "x".repeat(16));
  printRatios(await runRounds(await makeArms()));
  print(await boundaryAttack(client));
  print(await bytesPerKey(client));
} finally {
  for (const client of opened) client.disconnect();
  await stop();
}

// Every arm talks through a connection of its own, made as Gatehouse makes its own, but patient: on a busy machine an
// answer after a tenth of a second is late, and no proof that Redis is gone.
async function openAsGatehouseDoes(options: { pipelined?: boolean } = {}): Promise<Redis> {
  const client = createRedisClient({ redisUrl: stores.redisUrl, onError: (error) => console.error(error) });
  if (!(client instanceof Redis)) throw new Error("The benchmark measures one server.");
  client.options.commandTimeout = 10_000;
  client.options.enableAutoPipelining = options.pipelined ?? false;
  opened.push(client);
  if (!(await isRedisReady(client, 10_000))) throw new Error("Redis does not answer.");
  return client;
}

type Ask = (turn: number) => Promise<void>;

/** What each arm does for one caller's request. The limits are out of reach: what is measured is what everybody pays. */
async function makeArms() {
  const get = await openAsGatehouseDoes();
  const pipelinedGet = await openAsGatehouseDoes({ pipelined: true });
  const others = limiter(await openAsGatehouseDoes());
  const pipelinedOthers = limiter(await openAsGatehouseDoes({ pipelined: true }));
  const silent = redisAsker({ recording: false });
  return {
    get: async () => void (await get.get("bench:value")),
    pipelinedGet: async () => void (await pipelinedGet.get("bench:value")),
    unrecorded: async (turn) => assertShared(await decideBy(silent, planDecision(...chargeOf(turn)))),
    recorded: async (turn) => assertShared(await decide(...chargeOf(turn))),
    call: async (turn) => assertShared(await decide(...chargesOfCall(turn))),
    others: async (turn) => void (await others.consume(callerOf(turn))),
    pipelinedOthers: async (turn) => void (await pipelinedOthers.consume(callerOf(turn))),
  } satisfies Record<string, Ask>;
}

type Name = keyof Awaited<ReturnType<typeof makeArms>>;

function limiter(storeClient: Redis): RateLimiterRedis {
  return new RateLimiterRedis({ storeClient, points: 1_000_000_000, duration: 60 });
}

function callerOf(turn: number): string {
  return callers[turn % callers.length] ?? "";
}

function chargeOf(turn: number): [{ rule: "api"; subject: string }[], DecisionFacts] {
  const caller = turn % callers.length;
  const facts = {
    tenantId: `tenant-${caller % 5}`,
    path: `operation-${caller % 40}`,
    address: `10.0.${caller % 4}.${caller % 250}`,
    userId: `user-${caller % 1_000}`,
  };
  return [[{ rule: "api", subject: callerOf(turn) }], facts];
}

/** What a call of the API is charged by. */
function chargesOfCall(turn: number): [Charge[], DecisionFacts] {
  const [charges, facts] = chargeOf(turn);
  const operation = toCallerOperation(callerOf(turn), facts.path ?? "");
  const tenant = facts.tenantId ?? "";
  return [[...charges, { rule: "api-operation", subject: operation }, { rule: "api-tenant", subject: tenant }], facts];
}

function assertShared(decision: Decision): void {
  if (decision.degraded) throw new Error("A decision was made without Redis.");
}

type Measured = {
  perSecond: number;
  /** Microseconds of this process and of Redis for an answer, which other programs on the machine hardly change. */
  processorMicroseconds: number;
};

async function runRounds(arms: Record<Name, Ask>): Promise<Record<Name, Measured>[]> {
  for (const ask of Object.values(arms)) await load(ask, 1_500);
  const rounds: Record<Name, Measured>[] = [];
  for (let round = 0; round < Number(flags.rounds); round += 1) {
    const measured = new Map<string, Measured>();
    // In another order each time, so that none always follows the same one's heat.
    for (const [name, ask] of shuffle(Object.entries(arms)))
      measured.set(name, await load(ask, Number(flags.milliseconds)));
    const of = (name: Name) => measured.get(name) ?? { perSecond: Number.NaN, processorMicroseconds: Number.NaN };
    rounds.push({
      get: of("get"),
      pipelinedGet: of("pipelinedGet"),
      unrecorded: of("unrecorded"),
      recorded: of("recorded"),
      call: of("call"),
      others: of("others"),
      pipelinedOthers: of("pipelinedOthers"),
    });
  }
  return rounds;
}

/** What so many askers get, each of whom waits for the answer. */
async function load(ask: Ask, milliseconds: number): Promise<Measured> {
  const spentBefore = await processorMicroseconds();
  const startedAt = performance.now();
  let answers = 0;
  const askOn = async (asker: number) => {
    for (let turn = asker; performance.now() - startedAt < milliseconds; turn += connections) {
      await ask(turn);
      answers += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, asker) => askOn(asker)));
  const perSecond = (answers * 1_000) / (performance.now() - startedAt);
  return { perSecond, processorMicroseconds: ((await processorMicroseconds()) - spentBefore) / answers };
}

async function processorMicroseconds(): Promise<number> {
  const { user, system } = process.cpuUsage();
  const text = await redisClient.get().info("cpu");
  const ofRedis = [...text.matchAll(/^used_cpu_(?:sys|user):([\d.]+)/gm)].map(([, seconds]) => Number(seconds));
  return user + system + ofRedis.reduce((sum, seconds) => sum + seconds * 1_000_000, 0);
}

function printRatios(rounds: readonly Record<Name, Measured>[]): void {
  const compare = (figure: string, { of, to, wanted }: { of: Name; to: Name; wanted?: string }) =>
    print({
      figure: `rate-limits.${figure}`,
      ...median(rounds.map((round) => round[of].perSecond / round[to].perSecond)),
      ...(wanted ? { wanted } : {}),
      byProcessorTime: median(rounds.map((round) => round[to].processorMicroseconds / round[of].processorMicroseconds)),
      perSecond: Math.round(median(rounds.map((round) => round[of].perSecond)).median),
      baselinePerSecond: Math.round(median(rounds.map((round) => round[to].perSecond)).median),
      connections,
    });
  compare("unrecorded-to-bare-get", { of: "unrecorded", to: "get", wanted: ">= 0.80" });
  compare("recorded-to-bare-get", { of: "recorded", to: "get", wanted: ">= 0.70" });
  compare("call-of-three-rules-to-bare-get", { of: "call", to: "get" });
  compare("recorded-to-rate-limiter-flexible", { of: "recorded", to: "others", wanted: ">= 1.2" });
  compare("unrecorded-to-rate-limiter-flexible", { of: "unrecorded", to: "others", wanted: ">= 1.2" });
  compare("unrecorded-to-pipelined-get", { of: "unrecorded", to: "pipelinedGet" });
  compare("recorded-to-pipelined-get", { of: "recorded", to: "pipelinedGet" });
  compare("unrecorded-to-pipelined-rate-limiter-flexible", { of: "unrecorded", to: "pipelinedOthers" });
}

/** Bursts around the boundaries of windows: the most that any window of the log's length has accepted, by Redis' clock. */
async function boundaryAttack(client: Redis): Promise<object> {
  const silent = redisAsker({ recording: false });
  const [windowSeconds, limit] = [1, 20];
  const acceptedAt = new Map<string, number>();
  const { charges, facts } = planDecision([{ rule: "sign-in-address", subject: "10.9.9.9" }], nothingKnown);
  const asked = charges.map((charge) => ({ ...charge, rule: { ...charge.rule, limit, windowSeconds } }));
  let attempts = 0;
  const burst = async () => {
    await Promise.all(Array.from({ length: 32 }, () => silent({ charges: asked, entry: `e${attempts++}`, facts })));
    // Read before an entry can grow old: what it says is when Redis let it in.
    const entries = await client.zrange(asked[0]?.counter ?? "", "0", "-1", "WITHSCORES");
    for (let index = 0; index < entries.length; index += 2)
      acceptedAt.set(entries[index] ?? "", Number(entries[index + 1]));
  };
  const endsAt = performance.now() + 6_000;
  while (performance.now() < endsAt) {
    // Nothing for most of a second, then everything around its end.
    const phase = performance.now() % 1_000;
    if (phase > 150 && phase < 850) await new Promise((resolve) => setTimeout(resolve, 5));
    else await burst();
  }
  const times = [...acceptedAt.values()];
  const within = (from: number) => times.filter((at) => at >= from && at < from + windowSeconds * 1_000_000).length;
  return {
    figure: "rate-limits.most-accepted-in-a-window",
    value: Math.max(...times.map(within)) / limit,
    wanted: "1.00",
    accepted: times.length,
    attempts,
    limit,
  };
}

async function bytesPerKey(client: Redis): Promise<object> {
  const [charges, facts] = chargeOf(1);
  await decide(charges, facts);
  const key = counterKey("api", subjectHash("caller", callerOf(1)));
  return { figure: "rate-limits.bytes-per-gcra-key", value: await client.memory("USAGE", key), wanted: "<= 120", key };
}
