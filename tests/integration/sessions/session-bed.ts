import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { hashSessionToken, sessionCookie, signSessionToken } from "@/lib/auth/session-cookie";
import { readEnv } from "@/lib/config/env";
import { newId } from "@/lib/db/new-id";
import { prismaClient } from "@/lib/db/prisma-client";
import { withScope } from "@/lib/db/scoped-transaction";
import { redisRun } from "@/lib/redis/redis-run";
import { createRuntime } from "@/lib/server/create-runtime";
import type { Prisma } from "@/prisma/generated/client";
import { databasePatience } from "@/tests/support/database-patience";
import { waitPatientlyForRedis } from "@/tests/support/patient-redis";
import { createTestDatabase } from "@/tests/support/test-database";
import { until } from "@/tests/support/until";

/** A runtime on a database of its own; `redisUrl` replaces the run's shared Redis. */
export async function openSessionBed({ redisUrl }: { redisUrl?: string } = {}) {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-session-bed-"));
  const env = { ...readEnv({ GATEHOUSE_DATA_DIR: dataDir, LOG_LEVEL: "silent" }), ...database };
  const runtime = await createRuntime({ ...env, redisUrl: redisUrl ?? database.redisUrl }, { databasePatience });
  // Who brings a Redis of their own is about to break it, and wants the product's own patience.
  if (redisUrl === undefined) waitPatientlyForRedis();
  await until(() => redisRun.get().current() !== null);
  return {
    ...database,
    runtime,
    close: async () => {
      await runtime.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A live session of a user, with its token, as a sign-in makes it. */
export async function makeSession(userId: string, wishes: Partial<Prisma.SessionUncheckedCreateInput> = {}) {
  const [session] = await makeSessions(userId, 1, wishes);
  if (!session) throw new Error("No session was made.");
  return session;
}

/** Several live sessions of a user. */
export async function makeSessions(
  userId: string,
  count: number,
  wishes: Partial<Prisma.SessionUncheckedCreateInput> = {},
) {
  const user = await prismaClient
    .get()
    .user.findUniqueOrThrow({ where: { id: userId }, select: { sessionEpoch: true } });
  const made = Array.from({ length: count }, () => {
    const token = randomBytes(24).toString("base64url");
    return { id: newId(), userId, token, tokenHash: hashSessionToken(token) };
  });
  await prismaClient.get().session.createMany({
    data: made.map(({ id, tokenHash }) => ({
      id,
      userId,
      expiresAt: new Date(Date.now() + 3_600_000),
      idleSeconds: 1_800,
      platformEpoch: 0,
      userEpoch: user.sessionEpoch,
      ...wishes,
      token: tokenHash,
    })),
  });
  return made;
}

/** The `Cookie` header of a session. */
export function cookieOf({ token }: { token: string }): string {
  const settings = sessionCookie.get();
  return `${settings.name}=${signSessionToken(token, settings)}`;
}

/** What the history says of a session; null while it has not ended. */
export async function historyOf(sessionId: string) {
  return withScope({ kind: "platform" }, (tx) => tx.sessionHistory.findFirst({ where: { id: sessionId } }));
}

/** Runs a statement past row-level security, to bring about what only time would. */
export async function asOwner({ superuserUrl }: { superuserUrl: string }, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
