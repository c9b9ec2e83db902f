import { createServer } from "node:http";
import { Redis } from "ioredis";
import { readEnv } from "@/lib/config/env";
import { createRuntime } from "@/lib/server/create-runtime";
import { createFastLane } from "@/lib/server/fast-lane";
import { createHttpServer } from "@/lib/server/http-server";
import { listen } from "@/lib/server/listen";

/** One arm of the session-check benchmark, in a process of its own: `baseline` or `gatehouse`; answers for its port and processor time. */
const [arm, dataDir = "", databaseUrl = "", redisUrl = ""] = process.argv.slice(2);
const server = arm === "baseline" ? baseline() : await gatehouse();
await listen(server, { host: "127.0.0.1", port: 0 });
const bound = server.address();
process.on("message", (question) => {
  const { user, system } = process.cpuUsage();
  const port = typeof bound === "object" ? (bound?.port ?? 0) : 0;
  process.send?.(question === "port" ? port : user + system);
});
process.on("disconnect", () => process.exit(0));

/** What nobody can do without: a bare server that reads one key. */
function baseline() {
  const redis = new Redis(redisUrl);
  return createServer((_request, response) => {
    redis.get("bench:value").then(
      (value) => response.end(value),
      () => response.writeHead(500).end(),
    );
  });
}

/** The whole fast lane as it is served, with its log on. */
async function gatehouse() {
  const env = readEnv({ GATEHOUSE_DATA_DIR: dataDir, LOG_LEVEL: "info" });
  await createRuntime({ ...env, databaseUrl, redisUrl });
  const fastLane = createFastLane({ isDraining: () => false });
  return createHttpServer({ gatehouseUrl: env.gatehouseUrl, trustedProxies: [], handlers: [fastLane] });
}
