import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { type Auth, auth, createAuth } from "@/lib/auth/auth";
import { hashPassword } from "@/lib/auth/password-hashing";
import type { SessionEndListener } from "@/lib/auth/session-end-listener";
import { readEnv } from "@/lib/config/env";
import { clientAddressHeader, requestIdHeader } from "@/lib/config/internal-headers";
import { newId } from "@/lib/db/new-id";
import { prismaClient } from "@/lib/db/prisma-client";
import { withScope } from "@/lib/db/scoped-transaction";
import { createRuntime } from "@/lib/server/create-runtime";
import { databasePatience } from "@/tests/support/database-patience";
import { waitPatientlyForRedis } from "@/tests/support/patient-redis";
import { makeUser } from "../../support/factories";
import { createTestDatabase, type TestDatabase } from "../../support/test-database";

/** The origin that these tests' browser is on. */
export const origin = "http://localhost:3000";
/** What accounts of these tests have, unless they say otherwise. */
export const password = "quiet heron over grey water";

const secret = "test secret of forty characters, more or less";

/** A Gatehouse of its own: database, Redis, every runtime part. */
export type AuthFixture = { database: TestDatabase; sql: Client; stop: () => Promise<void> };

/** Starts it; `sql` is a connection that no row-level security binds. */
export async function startAuthFixture(): Promise<AuthFixture> {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-auth-"));
  const env = readEnv({
    NODE_ENV: "test",
    GATEHOUSE_DATA_DIR: dataDir,
    BETTER_AUTH_SECRET: secret,
    LOG_LEVEL: "silent",
  });
  const urls = { databaseUrl: database.databaseUrl, redisUrl: database.redisUrl };
  const runtime = await createRuntime({ ...env, ...urls }, { databasePatience });
  // A busy machine must not look like a Redis that is away; what happens then has tests of its own.
  waitPatientlyForRedis(10_000);
  const sql = new Client({ connectionString: database.superuserUrl });
  await sql.connect();
  return {
    database,
    sql,
    stop: async () => {
      await runtime.close();
      await sql.end();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const deaf: SessionEndListener = { before: async () => undefined, after: async () => undefined };

/** Better Auth with a listener or a database of the test's own. */
export function authWith({ onSessionsEnded = deaf, prisma = prismaClient.get() }: Partial<AuthParts>): Auth {
  return createAuth({ prisma, env: { gatehouseUrl: origin }, secret, origins: [origin], onSessionsEnded });
}

type AuthParts = { onSessionsEnded: SessionEndListener; prisma: ReturnType<typeof prismaClient.get> };

/** A user with a password. */
export async function makeAccount(wishes: Parameters<typeof makeUser>[0] & { passwordHash?: string } = {}) {
  const { passwordHash, ...rest } = wishes;
  const user = await makeUser(rest);
  const hash = passwordHash ?? (await hashPassword(password));
  await prismaClient.get().account.create({
    data: { id: newId(), accountId: user.id, providerId: "credential", userId: user.id, password: hash },
  });
  return user;
}

/** A browser at an address of its own, which keeps its cookies. */
export function makeBrowser(instance: () => Auth = auth.get) {
  let cookie: string | null = null;
  const address = `10.${byte()}.${byte()}.${byte()}`;

  const send = async (path: string, init: Sent = {}) => {
    const { requestId, request } = toRequest(path, init, { address, cookie });
    const response = await instance().handle(request);
    const set = response.headers.getSetCookie()[0];
    if (set) cookie = /max-age=0/i.test(set) ? null : (set.split(";")[0] ?? null);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: text ? JSON.parse(text) : null,
      requestId,
    };
  };

  return {
    address,
    send,
    signIn: (email: string, tried = password, more: object = {}) =>
      send("/sign-in/email", { body: { email, password: tried, ...more } }),
    signOut: () => send("/sign-out", { body: {} }),
    session: () => send("/get-session"),
    cookie: () => cookie,
    useCookie: (value: string | null) => {
      cookie = value;
    },
  };
}

/** A header whose value is null is left out. */
type Sent = { method?: string; body?: unknown; headers?: Record<string, string | null> };

function toRequest(path: string, init: Sent, known: { address: string; cookie: string | null }) {
  const requestId = newId();
  const headers = {
    [requestIdHeader]: requestId,
    [clientAddressHeader]: known.address,
    origin,
    cookie: known.cookie,
    "content-type": init.body === undefined ? null : "application/json",
    ...init.headers,
  };
  const present = Object.entries(headers).filter((header): header is [string, string] => header[1] !== null);
  const method = init.method ?? (init.body === undefined ? "GET" : "POST");
  const body = typeof init.body === "string" ? init.body : JSON.stringify(init.body);
  return { requestId, request: new Request(`${origin}/api/auth${path}`, { method, headers: present, body }) };
}

/** Mail that was captured for an address, oldest first. */
export async function mailTo(email: string) {
  return withScope({ kind: "platform" }, (tx) =>
    tx.capturedMail.findMany({ where: { to: email }, orderBy: { createdAt: "asc" } }),
  );
}

/** The token in the newest mail to an address. */
export async function mailedToken(email: string): Promise<string> {
  await auth.get().settle();
  const mails = await mailTo(email);
  const token = /token=([\w-]+)/.exec(mails.at(-1)?.text ?? "")?.[1];
  if (!token) throw new Error(`No link was mailed to ${email}.`);
  return token;
}

function byte(): number {
  return 1 + Math.floor(Math.random() * 254);
}
