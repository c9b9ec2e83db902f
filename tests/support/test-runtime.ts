import { createHash, randomBytes } from "node:crypto";
import pg from "pg";
import { auth } from "@/lib/auth/auth";
import { readEnv } from "@/lib/config/env";
import { newId } from "@/lib/db/new-id";
import { createRuntime } from "@/lib/server/create-runtime";
import { databasePatience } from "./database-patience";
import { waitPatientlyForRedis } from "./patient-redis";
import { createTestDatabase, type TestDatabase } from "./test-database";

/** A process of Gatehouse without its server: database, Redis and every runtime part, of this test file alone. */
export type TestRuntime = {
  database: TestDatabase;
  /** A query that no row-level security binds. */
  asSuperuser: <Row = unknown>(sql: string, values?: unknown[]) => Promise<Row[]>;
  /** Sessions of a user that are alive, with the tokens that nobody else knows. */
  makeSessions: (userId: string, count: number) => Promise<{ id: string; token: string }[]>;
  /** Waits for what goes on after an answer. */
  settle: () => Promise<void>;
  stop: () => Promise<void>;
};

/** Starts it. Signing secrets and the like are the test's own. */
export async function startTestRuntime(): Promise<TestRuntime> {
  const database = await createTestDatabase();
  const env = readEnv({ NODE_ENV: "test", BETTER_AUTH_SECRET: randomBytes(32).toString("hex"), LOG_LEVEL: "silent" });
  const urls = { databaseUrl: database.databaseUrl, redisUrl: database.redisUrl };
  const runtime = await createRuntime({ ...env, ...urls }, { databasePatience });
  waitPatientlyForRedis();
  const superuser = new pg.Pool({ connectionString: database.superuserUrl, max: 2 });
  superuser.on("error", () => undefined);
  const asSuperuser: TestRuntime["asSuperuser"] = async (sql, values) => (await superuser.query(sql, values)).rows;
  return {
    database,
    asSuperuser,
    makeSessions: (userId, count) => Promise.all(Array.from({ length: count }, () => makeSession(asSuperuser, userId))),
    settle: () => auth.get().settle(),
    stop: async () => {
      await runtime.close();
      await superuser.end();
      await database.drop();
    },
  };
}

async function makeSession(asSuperuser: TestRuntime["asSuperuser"], userId: string) {
  const id = newId();
  const token = randomBytes(24).toString("base64url");
  const tokenHash = createHash("sha256").update(token).digest("hex");
  await asSuperuser(
    `insert into session (id, user_id, token_hash, expires_at, idle_seconds, platform_epoch, user_epoch)
     select $1, u.id, $3, now() + interval '1 day', 3600, 0, u.session_epoch from "user" u where u.id = $2`,
    [id, userId, tokenHash],
  );
  return { id, token };
}
