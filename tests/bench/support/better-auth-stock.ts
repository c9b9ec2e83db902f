import { randomBytes } from "node:crypto";
import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { Redis } from "ioredis";

/** Better Auth as its documentation sets it up: sessions in Redis, as its secondary storage, and nowhere else. */
export type BetterAuthStock = {
  /** Milliseconds in which it revokes all sessions of a new user who has so many, in process. */
  revokeAllOf: (count: number) => Promise<number>;
  close: () => void;
};

/** Opens it on a Redis; its keys are its own. */
export async function openBetterAuthStock(redisUrl: string): Promise<BetterAuthStock> {
  const redis = new Redis(redisUrl);
  const auth = createBetterAuth(redis);
  return {
    revokeAllOf: async (count) => {
      const { userId, cookie } = await signUp(auth);
      await addSessions(redis, userId, count - 1);
      const startedAt = performance.now();
      const answer = await auth.api.revokeSessions({ headers: new Headers({ cookie }) });
      const milliseconds = performance.now() - startedAt;
      if (!answer.status) throw new Error("Better Auth did not revoke.");
      return milliseconds;
    },
    close: () => redis.disconnect(),
  };
}

/** Better Auth on a Redis; its users live in memory, which only makes it faster. */
export function createBetterAuth(redis: Redis) {
  return betterAuth({
    baseURL: "http://gatehouse.test",
    secret: randomBytes(32).toString("hex"),
    database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
    telemetry: { enabled: false },
    emailAndPassword: {
      enabled: true,
      password: { hash: async (text) => text, verify: async ({ hash, password }) => hash === password },
    },
    rateLimit: { enabled: false },
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
}

/** Somebody new, signed in. */
export async function signUp(auth: ReturnType<typeof createBetterAuth>): Promise<{ userId: string; cookie: string }> {
  const id = randomBytes(6).toString("hex");
  const body = { name: id, email: `${id}@example.com`, password: "quiet heron over grey water" };
  const { headers, response } = await auth.api.signUpEmail({ body, returnHeaders: true });
  const cookie = headers.getSetCookie().map((line) => line.split(";")[0]);
  return { userId: response.user.id, cookie: cookie.join("; ") };
}

// As Better Auth keeps them: a list of the user's tokens, and each session under its token.
async function addSessions(redis: Redis, userId: string, count: number): Promise<void> {
  const listKey = `active-sessions-${userId}`;
  const list: { token: string; expiresAt: number }[] = JSON.parse((await redis.get(listKey)) ?? "[]");
  const [first] = list;
  const model = first && (await redis.get(first.token));
  if (!first || !model) throw new Error("Better Auth keeps its sessions otherwise than is assumed here.");
  const pipeline = redis.pipeline();
  for (let index = 0; index < count; index += 1) {
    const token = randomBytes(24).toString("base64url");
    list.push({ token, expiresAt: first.expiresAt });
    pipeline.set(token, model.replaceAll(first.token, token), "EX", 3_600);
  }
  pipeline.set(listKey, JSON.stringify(list), "EX", 3_600);
  await pipeline.exec();
}
