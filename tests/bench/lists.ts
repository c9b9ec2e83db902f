import { parseArgs } from "node:util";
import { readEnv } from "@/lib/config/env";
import { encodeCursor } from "@/lib/db/cursor";
import { withScope } from "@/lib/db/scoped-transaction";
import { cliContext } from "@/lib/operations/cli-context";
import { runOperation } from "@/lib/operations/run-operation";
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
const binding = { scope: ctx.scope, sort: "-createdAt" };
const usersList: MeasuredList = {
  rows: users,
  page: (input) => runOperation(listUsers, ctx, input),
  cursorBehind: ({ id, createdAt }) =>
    encodeCursor({ ...binding, name: "listUsers", filters: { search: "" } }, { value: createdAt, id }),
};
const sessionsList: MeasuredList = {
  rows: Number(flags.sessions),
  page: (input) => runOperation(listSessions, ctx, input),
  cursorBehind: ({ id, createdAt }) =>
    encodeCursor({ ...binding, name: "listSessions", filters: { status: "active", search: "" } }, { createdAt, id }),
};
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
    await comparePages("lists.users-last-to-first", usersList);
    await comparePages("lists.sessions-last-to-first", sessionsList);
    await measureSearch();
  } finally {
    await runtime.close();
  }
} finally {
  await stop();
  await stopAndRemove(dataDir);
}

type MeasuredList = {
  rows: number;
  page: (input: object) => Promise<{ data: { id: string; createdAt: string }[] }>;
  /** Where the page behind a row starts. */
  cursorBehind: (row: { id: string; createdAt: string }) => string;
};

/** The last page against the first one, interleaved. */
async function comparePages(figure: string, { rows, page, cursorBehind }: MeasuredList) {
  // Near the end: behind the sixtieth row as seen from there.
  const row = (await page({ sort: "createdAt", limit: 60 })).data.at(-1);
  if (!row) throw new Error("There is nothing to list.");
  const cursor = cursorBehind(row);
  const time = async (input: object) => {
    const startedAt = performance.now();
    await page(input);
    return performance.now() - startedAt;
  };
  const samples = { first: [] as number[], last: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    samples.first.push(await time({ limit: 50 }));
    samples.last.push(await time({ limit: 50, cursor }));
  }
  const [first, last] = [median(samples.first), median(samples.last)];
  const ratio = Number((last.median / first.median).toFixed(3));
  print({ figure, rows, ratio, wanted: "<= 1.5", firstMilliseconds: first, lastMilliseconds: last });
}

/** The search function's time in Postgres, as a list calls it: common, rare, absent, short and awkward texts. */
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
      const [plan] = await tx.$queryRaw<{ "QUERY PLAN": [{ "Execution Time": number }] }[]>`
        explain (analyze, timing off, format json)
        select id from gatehouse.search_users(${text}, 'created_at', true, null, null::uuid, 51)`;
      return plan?.["QUERY PLAN"][0]["Execution Time"] ?? Number.NaN;
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
