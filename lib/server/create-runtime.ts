import { auth, createAuth } from "@/lib/auth/auth";
import { createSessionCookie, sessionCookie } from "@/lib/auth/session-cookie";
import { clientAddressWatch, createClientAddressWatch } from "@/lib/client-addresses/client-address-watch";
import { loadAuthSecret } from "@/lib/config/auth-secret";
import { currentEnv } from "@/lib/config/current-env";
import type { Env } from "@/lib/config/env";
import { cursorKey, deriveCursorKey } from "@/lib/db/cursor";
import { createPrismaClient, prismaClient } from "@/lib/db/prisma-client";
import { publicOrigins } from "@/lib/http/public-origins";
import { createMailer, mailer } from "@/lib/mail/mailer";
import { healthChecks } from "@/lib/observability/health-checks";
import { createLogger, logger } from "@/lib/observability/logger";
import { createMetrics, metrics } from "@/lib/observability/metrics";
import { createInstanceBeat } from "@/lib/rate-limits/instance-beat";
import { limitSettingsPool } from "@/lib/rate-limits/limit-settings-store";
import { createRedisClient, isRedisReady, redisClient } from "@/lib/redis/redis-client";
import { redisRun, trackRedisRun } from "@/lib/redis/redis-run";
import { createCircuitBreaker, sessionBreakers } from "@/lib/sessions/circuit-breaker";
import { createLastSeen, lastSeen } from "@/lib/sessions/last-seen";
import { createSessionEndListener } from "@/lib/sessions/session-end-listener";
import { createSessionPool, sessionPool } from "@/lib/sessions/session-store";
import { storeChecks } from "./store-checks";

/** The environment with its stores: those that were named, or the embedded ones that were started. */
export type RuntimeEnv = Env & { databaseUrl: string; redisUrl: string };

/** What a process shares, until it is closed. */
export type Runtime = {
  /** Begins to collect when sessions were last seen; for processes that serve them. */
  startLastSeen: () => Promise<void>;
  /** Begins to tell the other instances where requests come from; for processes that serve them. */
  startClientAddressWatch: () => void;
  /** Begins to count as one of the processes that share the rate limits; for processes that serve requests. */
  startInstanceBeat: () => void;
  close: () => Promise<void>;
};

/** Connections of the operations' pool, and of the session check's own. */
const poolMax = { operations: 10, sessions: 4 };

/** Milliseconds that a start waits for Redis, without which it goes on. */
const redisPatienceMilliseconds = 2_000;

/** Milliseconds for which a dead Postgres may hang a request; of the two seconds promised, the rest is for the answer. */
const databasePatienceMilliseconds = 1_700;

type RuntimeOptions = {
  /** Milliseconds for which a dead Postgres may hang an operation: who serves nobody can wait longer. */
  databasePatience?: number;
};

/** Makes everything of which a process has one, and puts it in place for all of `lib/`, Next's copy of it included. */
export async function createRuntime(
  env: RuntimeEnv,
  { databasePatience = databasePatienceMilliseconds }: RuntimeOptions = {},
): Promise<Runtime> {
  const secret = loadAuthSecret(env);
  currentEnv.set(env);
  logger.set(createLogger(env.logLevel));
  metrics.set(createMetrics());
  cursorKey.set(deriveCursorKey(secret));
  sessionCookie.set(createSessionCookie({ gatehouseUrl: env.gatehouseUrl, secret }));
  sessionBreakers.set({ redis: createCircuitBreaker(), postgres: createCircuitBreaker() });
  const stores = connectStores(env, databasePatience);
  const collector = createLastSeen();
  lastSeen.set(collector);
  const watch = createClientAddressWatch(env.trustedProxies);
  clientAddressWatch.set(watch);
  const beat = createInstanceBeat();
  mailer.set(createMailer(env));
  healthChecks.set(storeChecks());
  auth.set(
    createAuth({
      prisma: stores.prisma,
      env,
      secret,
      origins: publicOrigins(),
      onSessionsEnded: createSessionEndListener(),
    }),
  );
  await isRedisReady(stores.redis, redisPatienceMilliseconds);
  return {
    startLastSeen: collector.start,
    startClientAddressWatch: watch.start,
    startInstanceBeat: beat.start,
    close: async () => {
      await auth.get().settle();
      await collector.stop();
      await watch.stop();
      await beat.stop();
      mailer.get().close();
      await stores.close();
    },
  };
}

function connectStores({ databaseUrl, redisUrl }: RuntimeEnv, patienceMilliseconds: number) {
  const onDatabaseError = (error: Error) => logger.get().warn({ err: error }, "a database connection broke");
  const prisma = createPrismaClient({
    databaseUrl,
    poolMax: poolMax.operations,
    patienceMilliseconds,
    onConnectionError: onDatabaseError,
  });
  prismaClient.set(prisma);
  const pool = createSessionPool({
    databaseUrl,
    max: poolMax.sessions,
    patienceMilliseconds,
    onError: onDatabaseError,
  });
  sessionPool.set(pool);
  limitSettingsPool.set(pool);
  const redis = createRedisClient({
    redisUrl,
    onError: (error) => logger.get().warn({ err: error }, "Redis cannot be reached"),
  });
  redisClient.set(redis);
  redisRun.set(trackRedisRun(redis));
  const close = async () => {
    redis.disconnect();
    await Promise.all([prisma.$disconnect(), pool.end()]);
  };
  return { prisma, redis, close };
}
