import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { toNodeHandler } from "better-auth/node";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OwnStores, startOwnStores } from "@/tests/support/own-stores";
import { checkHistory } from "./checker/check-history";
import { createHttpClient, type HttpClient } from "./clients/http-client";
import { historySize } from "./history-size";
import type { Credential } from "./model/history";
import { createRecorder, type Recorder } from "./model/recorder";

/** Better Auth as its documentation sets it up for several instances: sessions in Redis, as its secondary storage. */
type Installation = { client: HttpClient; stop: () => Promise<void> };

let stores: OwnStores;
beforeAll(async () => {
  stores = await startOwnStores();
}, historySize.patience);
afterAll(() => stores?.remove());

async function install(cookieCache: boolean): Promise<Installation> {
  const secret = randomBytes(32).toString("hex");
  const rows = { user: [], session: [], account: [], verification: [] };
  const servers: Server[] = [];
  const clients: Redis[] = [];
  for (let instance = 0; instance < 2; instance += 1) {
    const redis = new Redis(stores.redisUrl);
    redis.on("error", () => undefined);
    clients.push(redis);
    const auth = betterAuth({
      ...{ baseURL: "http://gatehouse.test", secret, database: memoryAdapter(rows), telemetry: { enabled: false } },
      emailAndPassword: {
        enabled: true,
        password: { hash: async (text) => text, verify: async ({ hash, password }) => hash === password },
      },
      rateLimit: { enabled: false },
      session: { cookieCache: { enabled: cookieCache, maxAge: 300 } },
      secondaryStorage: {
        get: (key) => redis.get(key),
        set: async (key, value, seconds) =>
          void (seconds ? await redis.set(key, value, "EX", seconds) : await redis.set(key, value)),
        getAndDelete: (key) => redis.getdel(key),
        increment: async (key, seconds) => {
          const count = await redis.incr(key);
          if (count === 1) await redis.expire(key, seconds);
          return count;
        },
        delete: async (key) => void (await redis.del(key)),
      },
    });
    const server = createServer(toNodeHandler(auth));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    servers.push(server);
  }
  const client = createHttpClient((instance) => portOf(servers[instance]));
  return {
    client,
    stop: async () => {
      client.close();
      for (const redis of clients) redis.disconnect();
      for (const server of servers) await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Signed = { credential: Credential; cookie: string };

async function signIn({ client }: Installation, recorder: Recorder): Promise<Signed> {
  const id = randomBytes(6).toString("hex");
  const body = { name: id, email: `${id}@example.com`, password: "quiet heron over grey water" };
  const answer = await client.call(0, { method: "POST", path: "/api/auth/sign-up/email", body });
  if (answer.status !== 200) throw new Error(answer.text);
  const { invoked, returned, cookies } = answer;
  const base = { sessionId: id, homeTenantId: null, block: null, proof: null, created: { invoked, returned } };
  const credential = { ...base, id, userIds: [id] };
  recorder.addCredential(credential);
  return { credential, cookie: cookies.join("; ") };
}

async function checkAt({ client }: Installation, recorder: Recorder, { credential, cookie }: Signed): Promise<void> {
  for (const instance of [0, 1]) {
    const { invoked, returned, status, text } = await client.call(instance, { path: "/api/auth/get-session", cookie });
    const outcome = status !== 200 ? "none" : text === "null" ? "refused" : "accepted";
    recorder.addUse({ credentialId: credential.id, instance, invoked, returned, outcome });
  }
}

async function revoke({ client }: Installation, recorder: Recorder, { credential, cookie }: Signed): Promise<void> {
  const call = { method: "POST", path: "/api/auth/revoke-sessions", body: {}, cookie };
  const { invoked, returned, status, requestId } = await client.call(0, call);
  expect(status).toBe(200);
  recorder.addEnd({
    ...{ way: "revoke-sessions", coverage: { kind: "user", userId: credential.userIds[0] ?? "", tenantId: null } },
    ...{ except: [], pinned: invoked, outcome: "done", window: 0, invoked, returned, requestId },
  });
}

test("the checker finds that sessions in Redis alone come back with an old snapshot", async () => {
  const installation = await install(false);
  try {
    const recorder = createRecorder();
    const signed = await signIn(installation, recorder);
    await checkAt(installation, recorder, signed);
    await stores.redis.snapshot();
    await revoke(installation, recorder, signed);
    await checkAt(installation, recorder, signed);
    expect(checkHistory(recorder)).toEqual([]);
    await stores.redis.kill();
    await stores.redis.start("snapshot");
    await checkAt(installation, recorder, signed);
    expect(checkHistory(recorder).map(({ rule }) => rule)).toContain("A");
  } finally {
    await installation.stop();
  }
});

test("the checker finds that a cookie cache accepts what has been revoked", async () => {
  const installation = await install(true);
  try {
    const recorder = createRecorder();
    const signed = await signIn(installation, recorder);
    await checkAt(installation, recorder, signed);
    await revoke(installation, recorder, signed);
    await checkAt(installation, recorder, signed);
    expect(checkHistory(recorder).map(({ rule }) => rule)).toContain("A");
  } finally {
    await installation.stop();
  }
});

test("the checker finds that an emptied Redis signs everybody out", async () => {
  const installation = await install(false);
  try {
    const recorder = createRecorder();
    const signed = await signIn(installation, recorder);
    await stores.withRedis((client) => client.flushall());
    await checkAt(installation, recorder, signed);
    expect(checkHistory(recorder).map(({ rule }) => rule)).toContain("B");
  } finally {
    await installation.stop();
  }
});

function portOf(server: Server | undefined): number {
  const address = server?.address();
  if (address === null || address === undefined || typeof address === "string")
    throw new Error("There is no such server.");
  return address.port;
}
