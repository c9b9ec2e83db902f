import type { Charge, Decision, DecisionFacts } from "@/lib/rate-limits/decide";
import { startChildProgram } from "@/tests/support/child-program";

// The clock is set wrong before anything can read it: nothing may depend on a process' own time.
const program = `
  const skew = Number(process.env.CLOCK_SKEW);
  const RightDate = Date;
  globalThis.Date = class extends RightDate {
    constructor(...given) { given.length === 0 ? super(RightDate.now() + skew) : super(...given); }
    static now() { return RightDate.now() + skew; }
  };
  const { readEnv } = await import("@/lib/config/env");
  const { decide } = await import("@/lib/rate-limits/decide");
  const { limiterState } = await import("@/lib/rate-limits/limiter-state");
  const { metrics } = await import("@/lib/observability/metrics");
  const { createRuntime } = await import("@/lib/server/create-runtime");
  const { redisClient } = await import("@/lib/redis/redis-client");
  const env = readEnv();
  const runtime = await createRuntime({ ...env, databaseUrl: env.databaseUrl ?? "", redisUrl: env.redisUrl ?? "" });
  if (process.env.PATIENT === "1") redisClient.get().options.commandTimeout = 10_000;
  runtime.startInstanceBeat();
  const ask = async ({ charges, facts, times }) =>
    Promise.all(Array.from({ length: times }, () => decide(charges, facts)));
  const tell = async () => ({
    instances: limiterState().instances,
    redis: redisClient.get().status,
    asksRedis: limiterState().degradedSince === null,
    degraded: (await metrics.get().degradedDecisions.get()).values.reduce((sum, { value }) => sum + value, 0),
  });
  process.on("message", async ({ id, question }) => {
    process.send({ id, answer: question === null ? await tell() : await ask(question) });
  });
  process.send({ id: -1, answer: null });
`;

type Settings = {
  databaseUrl: string;
  redisUrl: string;
  /** Milliseconds by which its clock is wrong. */
  clockSkew?: number;
  /** Gives a busy Redis ten seconds to answer. */
  patient?: boolean;
};

/** What a process knows of the limiter. */
export type LimiterFacts = { instances: number; redis: string; asksRedis: boolean; degraded: number };

/** A Gatehouse in a process of its own, of which only the limiter is asked. */
export type LimiterProcess = {
  /** Decides so many times at once. */
  decide: (charges: Charge[], facts: DecisionFacts, times: number) => Promise<Decision[]>;
  tell: () => Promise<LimiterFacts>;
  kill: () => Promise<void>;
};

/** Starts one and waits until it answers. */
export async function startLimiterProcess(settings: Settings): Promise<LimiterProcess> {
  const { databaseUrl, redisUrl, clockSkew = 0, patient = false } = settings;
  const env = { CLOCK_SKEW: String(clockSkew), PATIENT: patient ? "1" : "0" };
  const { ask, kill } = await startChildProgram({ program, databaseUrl, redisUrl, env });
  return {
    decide: async (charges, facts, times) => asDecisions(await ask({ charges, facts, times })),
    tell: async () => asFacts(await ask(null)),
    kill,
  };
}

// What comes from the other process is what the program above sends.
function asDecisions(answer: unknown): Decision[] {
  return answer as Decision[];
}

function asFacts(answer: unknown): LimiterFacts {
  return answer as LimiterFacts;
}
