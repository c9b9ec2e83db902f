import { parseArgs } from "node:util";
import { readEnv } from "@/lib/config/env";
import { withScope } from "@/lib/db/scoped-transaction";
import { runOperation } from "@/lib/operations/run-operation";
import { cliContext } from "@/lib/operations/cli-context";
import { seedScale } from "@/lib/seed/seed-scale";
import { createRuntime } from "@/lib/server/create-runtime";
import { listSessions } from "@/lib/sessions/list-sessions";
import { listUsers } from "@/lib/users/list-users";
import { makeTestDataDirectory, startTestStores, stopAndRemove } from "@/tests/support/test-stores";
import { median, percentile, print, shuffle } from "./support/figures";

const { values: flags } = parseArgs({
  options: {
    users: { type: "string", default: "1000000" },
    sessions: { type: "string", default: "3000000" },
    rounds: { type: "string", default: "200" },
  },
});

const users = Number(flags.users);
const rounds = Number(flags.rounds);
const ctx = cliContext("bench");
const dataDir = makeTestDataDirectory();
const { stores, stop } = await startTestStores();
try {
  await seedScale(
    { users, sessions: Number(flags.sessions), events: 0, tenants: Math.max(3, Math.round(users / 1_000)), history: 0 },
    { ...stores, onProgress: ({ loaded, total }) => process.stderr.write(`\r${loaded} of ${total} users loaded`) },
  );
  process.stderr.write("\n");
  const env = readEnv({ GATEHOUSE_DATA_DIR: dataDir, LOG_LEVEL: "silent" });
  const runtime = await createRuntime({ ...env, databaseUrl: stores.databaseUrl, redisUrl: stores.redisUrl });
  try {
    await comparePages("lists.users-last-to-first", listUsers, "user");
    await comparePages("lists.sessions-last-to-first", listSessions, "session");
    await measureSearch();
  } finally {
    await runtime.close();
  }
} finally {
  await stop();
  await stopAndRemove(dataDir);
}

/** The last page against the first one, interleaved: ascending and descending, each of the other's depth. */
async function comparePages(figure: string, list: typeof listUsers | typeof listSessions, table: "user" | "session") {
  const rows = table === "user" ? users : Number(flags.sessions);
  const cursor = await lastCursor(list, table);
  const time = async (input: object) => {
    const startedAt = performance.now();
    await runOperation(list, ctx, input);
    return performance.now() - startedAt;
  };
  const samples = { first: [] as number[], last: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    samples.first.push(await time({ limit: 50 }));
    samples.last.push(await time({ limit: 50, cursor }));
  }
  const [first, last] = [median(samples.first), median(samples.last)];
  print({
    figure,
    rows,
    ratio: Number((last.median / first.median).toFixed(3)),
    wanted: "<= 1.5",
    firstMs: first,
    lastMs: last,
  });
}

/** A cursor shortly before the end, made by walking back from it: the page behind the fiftieth oldest row. */
async function lastCursor(list: typeof listUsers | typeof listSessions, table: "user" | "session"): Promise<string> {
  const { encodeCursor } = await import("@/lib/db/cursor");
  const oldest = await runOperation(list, ctx, { sort: "createdAt", limit: 60 });
  const row = oldest.data.at(-1);
  if (!row) throw new Error("There is nothing to list.");
  const isUser = table === "user";
  const binding = {
    name: isUser ? "listUsers" : "listSessions",
    scope: ctx.scope,
    filters: isUser ? { search: "" } : { status: "active", search: "" },
    sort: "-createdAt",
  };
  return encodeCursor(
    binding,
    isUser ? { value: row.createdAt, id: row.id } : { createdAt: row.createdAt, id: row.id },
  );
}

/** The search function by itself, as a list calls it: common, rare, absent, short and awkward texts. */
async function measureSearch(): Promise<void> {
  const { data } = await runOperation(listUsers, ctx, { limit: 100 });
  const words = data.flatMap(({ name, email }) => [
    ...name.split(/\s+/).map((word) => word.slice(0, 3)),
    name,
    email,
    email.slice(0, 2),
  ]);
  const texts = shuffle([...words, "zzzqqq", "@example", "a", "an", "%", "_x"]).slice(0, rounds);
  const samples: number[] = [];
  let slowest = { text: "", milliseconds: 0 };
  for (const text of texts) {
    const milliseconds = await withScope({ kind: "platform" }, async (tx) => {
      const startedAt = performance.now();
      await tx.$queryRaw`select id::text from gatehouse.search_users(${text}, 'created_at', true, null, null::uuid, 51)`;
      return performance.now() - startedAt;
    });
    samples.push(milliseconds);
    if (milliseconds > slowest.milliseconds) slowest = { text, milliseconds: Math.round(milliseconds) };
  }
  print({
    figure: "lists.search-p95-milliseconds",
    users,
    value: percentile(samples, 0.95),
    wanted: "<= 10",
    median: median(samples).median,
    slowest,
    searches: samples.length,
  });
}
