import { createServer, type Server } from "node:http";
import { toNodeHandler } from "better-auth/node";
import { Redis } from "ioredis";
import { findCaller } from "@/lib/auth/authenticate-request";
import { readEnv } from "@/lib/config/env";
import { createRuntime } from "@/lib/server/create-runtime";
import { createFastLane } from "@/lib/server/fast-lane";
import { createHttpServer } from "@/lib/server/http-server";
import { listen } from "@/lib/server/listen";
import { createBetterAuth, signUp } from "./better-auth-stock";

/**
 * One arm of the session-check benchmark, in a process of its own; answers for its port, its processor time and, where
 * it has users of its own, their cookies.
 */
const [arm = "", dataDir = "", databaseUrl = "", redisUrl = ""] = process.argv.slice(2);
/** Users of an arm's own: as many as make a distinct cookie worth nothing to a cache of one. */
const betterAuthUsers = 200;
const cookies: string[] = [];
const arms: Record<string, () => Server | Promise<Server>> = {
  baseline,
  library,
  gatehouse,
  "better-auth": () => betterAuth("library"),
  "better-auth-http": () => betterAuth("http"),
};
const server = await (arms[arm] ?? baseline)();
await listen(server, { host: "127.0.0.1", port: 0 });
const bound = server.address();
process.on("message", (question) => {
  const { user, system } = process.cpuUsage();
  const answers: Record<string, unknown> = {
    port: typeof bound === "object" ? bound?.port : 0,
    processor: user + system,
    cookies,
  };
  process.send?.(answers[String(question)]);
});
process.on("disconnect", () => process.exit(0));

/** What nobody can do without: a bare server that reads one key. */
function baseline(): Server {
  const redis = new Redis(redisUrl);
  return createServer((_request, response) => {
    redis.get("bench:value").then(
      (value) => response.end(value),
      () => response.writeHead(500).end(),
    );
  });
}

/** The check as a library, behind a bare server. */
async function library(): Promise<Server> {
  await startRuntime();
  return createServer((request, response) => {
    findCaller(request.headers.cookie).then(
      (check) => (check ? response.end(check.session.userId) : response.writeHead(401).end()),
      () => response.writeHead(503).end(),
    );
  });
}

/** The whole fast lane as it is served, with its log on. */
async function gatehouse(): Promise<Server> {
  const env = await startRuntime();
  const fastLane = createFastLane({ isDraining: () => false });
  return createHttpServer({ gatehouseUrl: env.gatehouseUrl, trustedProxies: [], handlers: [fastLane] });
}

async function startRuntime() {
  const env = readEnv({ GATEHOUSE_DATA_DIR: dataDir, LOG_LEVEL: "info" });
  await createRuntime({ ...env, databaseUrl, redisUrl });
  return env;
}

/** Better Auth with its sessions in Redis: its `getSession` behind a bare server, or its own endpoint. */
async function betterAuth(way: "library" | "http"): Promise<Server> {
  const auth = createBetterAuth(new Redis(redisUrl));
  for (let user = 0; user < betterAuthUsers; user += 1) cookies.push((await signUp(auth)).cookie);
  const handle = toNodeHandler(auth);
  return createServer((request, response) => {
    if (way === "http") {
      request.url = "/api/auth/get-session";
      void handle(request, response);
      return;
    }
    auth.api.getSession({ headers: new Headers({ cookie: request.headers.cookie ?? "" }) }).then(
      (found) => (found ? response.end(found.user.id) : response.writeHead(401).end()),
      () => response.writeHead(500).end(),
    );
  });
}
