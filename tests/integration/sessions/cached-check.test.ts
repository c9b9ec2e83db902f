import { afterAll, beforeAll, expect, test } from "vitest";
import { redisClient } from "@/lib/redis/redis-client";
import { checkSession } from "@/lib/sessions/check-session";
import { makeUser } from "@/tests/support/factories";
import { waitPatientlyForRedis } from "@/tests/support/patient-redis";
import { startOwnRedis } from "./own-redis";
import { makeSession, openSessionBed } from "./session-bed";

// A server of the test's own: it counts the commands of everybody.
let redis: Awaited<ReturnType<typeof startOwnRedis>>;
let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  redis = await startOwnRedis();
  bed = await openSessionBed({ redisUrl: redis.redisUrl });
  // One that answers late has been asked in vain, and the check goes on to Postgres.
  waitPatientlyForRedis();
});
afterAll(async () => {
  await bed.close();
  await redis.remove();
});

test("a check that is answered from the cache takes one command", async () => {
  const { tokenHash } = await makeSession((await makeUser()).id);
  await checkSession(tokenHash);
  const before = await commandCalls();
  for (let round = 0; round < 10; round += 1) expect(await checkSession(tokenHash)).not.toBeNull();
  const after = await commandCalls();
  const calls = Object.fromEntries(
    Object.entries(after)
      .map(([name, count]) => [name, count - (before[name] ?? 0)] as const)
      .filter(([name, count]) => count > 0 && name !== "info"),
  );
  expect(calls).toEqual({ mget: 10 });
});

async function commandCalls(): Promise<Record<string, number>> {
  const text = await redisClient.get().info("commandstats");
  return Object.fromEntries(
    [...text.matchAll(/^cmdstat_(\S+?):calls=(\d+)/gm)].map(([, name = "", calls]) => [name, Number(calls)]),
  );
}
