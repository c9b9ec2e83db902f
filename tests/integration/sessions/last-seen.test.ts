import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { withScope } from "@/lib/db/scoped-transaction";
import { redisClient } from "@/lib/redis/redis-client";
import { lastSeenTurnKey } from "@/lib/redis/redis-keys";
import { redisRun } from "@/lib/redis/redis-run";
import { checkSession, tryToken } from "@/lib/sessions/check-session";
import { createLastSeen, lastSeen } from "@/lib/sessions/last-seen";
import { beatActivity } from "@/lib/sessions/session-activity-store";
import { sweepDeadSessions } from "@/lib/sessions/sweep-sessions";
import { makeUser } from "@/tests/support/factories";
import { until } from "@/tests/support/until";
import { startOwnRedis } from "./own-redis";
import { asOwner, historyOf, makeSession, openSessionBed } from "./session-bed";

let redis: Awaited<ReturnType<typeof startOwnRedis>>;
let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  redis = await startOwnRedis();
  bed = await openSessionBed({ redisUrl: redis.redisUrl });
});
afterAll(async () => {
  await bed.close();
  await redis.remove();
});
beforeEach(async () => {
  await redis.start();
  await until(() => redisRun.get().current() !== null);
  await redisClient.get().flushall();
  lastSeen.set(createLastSeen());
});

/** When the session was last used; null while nothing has come after its beginning. */
async function lastSeenOf(sessionId: string): Promise<Date | null> {
  const row = await withScope({ kind: "platform" }, (tx) =>
    tx.sessionActivity.findFirst({
      where: { sessionId },
      select: { lastSeenAt: true, session: { select: { createdAt: true } } },
    }),
  );
  return row && row.lastSeenAt > row.session.createdAt ? row.lastSeenAt : null;
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

describe("when a session is used", () => {
  test("the time reaches Postgres through Redis, for the session and for its user", async () => {
    const user = await makeUser();
    const session = await makeSession(user.id, { createdAt: minutesAgo(5) });
    await checkSession(session.tokenHash);
    expect(await lastSeenOf(session.id)).toBeNull();
    await lastSeen.get().flush();
    const seen = await lastSeenOf(session.id);
    expect(Date.now() - (seen?.getTime() ?? 0)).toBeLessThan(60_000);
    const activity = await withScope({ kind: "platform" }, (tx) =>
      tx.userActivity.findFirst({ where: { userId: user.id } }),
    );
    expect(activity?.lastSeenAt).toEqual(seen);
  });

  test("one instance writes for all of them, once a minute", async () => {
    const session = await makeSession((await makeUser()).id, { createdAt: minutesAgo(5) });
    const [first, second] = [createLastSeen(), createLastSeen()];
    await first.flush();
    second.note(session.id);
    await second.flush();
    expect(await lastSeenOf(session.id)).toBeNull();
    await redisClient.get().del(lastSeenTurnKey);
    await first.flush();
    expect(await lastSeenOf(session.id)).not.toBeNull();
  });

  test("with Redis gone the instance writes by itself", async () => {
    const session = await makeSession((await makeUser()).id, { createdAt: minutesAgo(5) });
    await redis.stop();
    await until(() => redisRun.get().current() === null);
    await checkSession(session.tokenHash);
    await lastSeen.get().flush();
    expect(await lastSeenOf(session.id)).not.toBeNull();
  });

  test("a time that is older than what is known, or in the future, changes nothing for the worse", async () => {
    const session = await makeSession((await makeUser()).id, { createdAt: minutesAgo(5) });
    const known = new Date();
    await withScope({ kind: "platform" }, (tx) =>
      tx.sessionActivity.updateMany({ where: { sessionId: session.id }, data: { lastSeenAt: known } }),
    );
    const { writeLastSeen } = await import("@/lib/sessions/session-activity-store");
    await writeLastSeen(new Map([[session.id, known.getTime() - 60_000]]));
    expect(await lastSeenOf(session.id)).toEqual(known);
    await writeLastSeen(new Map([[session.id, Date.now() + 86_400_000]]));
    expect((await lastSeenOf(session.id))?.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
  });

  test("one that has ended meanwhile does not keep the others from being written", async () => {
    const user = await makeUser();
    const alive = await makeSession(user.id, { createdAt: minutesAgo(5) });
    const gone = await makeSession(user.id, { createdAt: minutesAgo(5) });
    const collector = createLastSeen();
    for (const { id } of [alive, gone]) collector.note(id);
    await withScope({ kind: "platform" }, (tx) => tx.session.deleteMany({ where: { id: gone.id } }));
    await collector.flush();
    expect(await lastSeenOf(alive.id)).not.toBeNull();
  });

  test("a revocation that tries what it ended does not count as use", async () => {
    const session = await makeSession((await makeUser()).id, { createdAt: minutesAgo(5) });
    await tryToken(session.tokenHash);
    await lastSeen.get().flush();
    expect(await lastSeenOf(session.id)).toBeNull();
  });
});

describe("idle sessions", () => {
  test("are refused once unused for their idle time, and moved with the reason idle", async () => {
    await beatActivity();
    await collectorUpSince(minutesAgo(600));
    const session = await makeSession((await makeUser()).id, { createdAt: minutesAgo(31), idleSeconds: 1_800 });
    const used = await makeSession((await makeUser()).id, { createdAt: minutesAgo(31), idleSeconds: 1_800 });
    await withScope({ kind: "platform" }, (tx) =>
      tx.sessionActivity.updateMany({ where: { sessionId: used.id }, data: { lastSeenAt: minutesAgo(5) } }),
    );
    expect(await checkSession(session.tokenHash)).toBeNull();
    expect(await checkSession(used.tokenHash)).not.toBeNull();
    await sweepDeadSessions();
    expect(await historyOf(session.id)).toMatchObject({ endReason: "idle", endedByType: null });
    expect(await historyOf(used.id)).toBeNull();
  });

  test("are not ended for time in which nobody collected who was there", async () => {
    await collectorUpSince(minutesAgo(600));
    const session = await makeSession((await makeUser()).id, { createdAt: minutesAgo(50), idleSeconds: 1_800 });
    // Last heard of 25 minutes ago, when the session had not run out: since then nobody could be seen.
    await asOwner(bed, "update platform set activity_seen_at = now() - interval '25 minutes'");
    await sweepDeadSessions();
    expect(await historyOf(session.id)).toBeNull();
    expect(await beatActivity()).toBe(true);
    expect(await checkSession(session.tokenHash)).not.toBeNull();
    await sweepDeadSessions();
    expect(await historyOf(session.id)).toBeNull();
  });
});

async function collectorUpSince(since: Date): Promise<void> {
  const at = since.toISOString();
  await asOwner(
    bed,
    `update platform set activity_seen_at = now(), activity_resumed_at = '${at}', activity_lost_at = '${at}'`,
  );
}
