import { runtimePart } from "@/lib/config/runtime";
import { AppError } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/operations/request-context";
import { redisClient } from "@/lib/redis/redis-client";

/** Operations a session or an API key may run in a minute. */
const rule = { policy: "api", limit: 1_200, windowSeconds: 60 };

/** Milliseconds between two operations at the allowed rate, and how far ahead of it a burst may run. */
const interval = (rule.windowSeconds * 1000) / rule.limit;
const tolerance = rule.windowSeconds * 1000 - interval;

// The generic cell rate algorithm (ITU-T I.371): one number per key, the time at which the next operation would be due.
const script = `
local time = redis.call("TIME")
local now = time[1] * 1000 + time[2] / 1000
local due = math.max(now, tonumber(redis.call("GET", KEYS[1]) or now))
if due - now > tonumber(ARGV[2]) then return math.ceil(due - now - tonumber(ARGV[2])) end
due = due + tonumber(ARGV[1])
redis.call("SET", KEYS[1], string.format("%.3f", due), "PX", math.ceil(due - now))
return 0`;

/** The same numbers in this process, for while Redis is away; one per process, whatever bundle asks. */
const localDue = runtimePart<Map<string, number>>("throttle-stand-in");

/** Refuses a caller who asks too often, before anything else is done. Throws `RATE_LIMITED`. */
export async function throttle(_operationName: string, ctx: RequestContext): Promise<void> {
  const caller = toCaller(ctx);
  if (caller === null) return;
  const key = `{rl:api:${caller}}`;
  const waitMilliseconds = await askRedis(key).catch(() => askProcess(key));
  if (waitMilliseconds <= 0) return;
  throw new AppError("RATE_LIMITED", "Too many requests. Wait a moment, then try again.", {
    retryAfterSeconds: Math.ceil(waitMilliseconds / 1000),
    rateLimit: rule,
  });
}

function toCaller({ actor }: RequestContext): string | null {
  if (actor.type === "user") return actor.sessionId;
  return actor.type === "api_key" ? actor.id : null;
}

async function askRedis(key: string): Promise<number> {
  return Number(await redisClient.get().eval(script, 1, key, interval, tolerance));
}

const keysMax = 10_000;

function askProcess(key: string): number {
  const dues = localDue.peek() ?? new Map<string, number>();
  localDue.set(dues);
  const now = performance.now();
  const due = Math.max(now, dues.get(key) ?? now);
  if (due - now > tolerance) return due - now - tolerance;
  if (dues.size > keysMax) dues.clear();
  dues.set(key, due + interval);
  return 0;
}
