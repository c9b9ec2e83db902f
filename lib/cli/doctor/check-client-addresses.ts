import { findLastObservations, readObservations } from "@/lib/client-addresses/address-store";
import { judgeClientAddresses } from "@/lib/client-addresses/judge-client-addresses";
import type { ClientAddressFinding } from "@/lib/client-addresses/schemas";
import { openRedis } from "@/lib/redis/open-redis";
import { isRedisReady } from "@/lib/redis/redis-client";
import { messages } from "@/lib/ui/messages";
import { type Finding, findings } from "./finding";

const { ok, warning, failure } = findings("client address");
const text = messages.clientAddresses;

/** Milliseconds that are waited for Redis; where it does not answer, its own check says so. */
const patienceMilliseconds = 3_000;

/**
 * What the instances have seen of where requests come from: in the last ten minutes, or, where nothing runs, the last
 * that they saw in a week, judged by the proxies that are trusted now.
 */
export async function checkClientAddresses(redisUrl: string, trustedProxies: readonly string[]): Promise<Finding[]> {
  const redis = openRedis(redisUrl, {
    retryStrategy: () => null,
    connectTimeout: patienceMilliseconds,
    commandTimeout: patienceMilliseconds,
    maxRetriesPerRequest: 0,
  });
  redis.on("error", () => undefined);
  try {
    if (!(await isRedisReady(redis, patienceMilliseconds))) return [];
    const current = await readObservations(redis, Date.now());
    const last = current.requests > 0 ? null : await findLastObservations(redis);
    const observations = last?.observations ?? current;
    if (observations.requests === 0) return [ok("no request has been seen lately, so nothing is known of their way")];
    const when = last ? `when last seen, at ${last.at}` : "in the last ten minutes";
    const found = judgeClientAddresses(observations, trustedProxies);
    if (found.length > 0) return found.map((finding) => toFinding(finding, when));
    return [ok(`each of ${observations.requests} requests can be told by its client's address, ${when}`)];
  } catch {
    return [warning("what was seen of where requests come from cannot be read", "check that Redis answers")];
  } finally {
    redis.disconnect();
  }
}

function toFinding(finding: ClientAddressFinding, when: string): Finding {
  const { kind, severity, chain, share } = finding;
  const shareText = kind === "shared-address" ? text.share.accounts(share) : text.share.requests(share);
  const sentence = text.finding[kind](finding).replace(/\.$/, "");
  const message = `${sentence}. ${text.observed}: ${text.chain(chain)}; ${shareText}, ${when}`;
  return severity === "failure"
    ? failure(message, text.mend[kind](finding))
    : warning(message, text.mend[kind](finding));
}
