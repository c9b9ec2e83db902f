import { parseArgs } from "node:util";
import { encodeCursor } from "@/lib/db/cursor";
import { type DatabaseScope, withScope } from "@/lib/db/scoped-transaction";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { trustedContext } from "@/lib/operations/trusted-context";
import { listSessions } from "@/lib/sessions/list-sessions";
import { listUsers } from "@/lib/users/list-users";
import { median, percentile, print, shuffle } from "./support/figures";
import { findTenants, type MeasuredTenant, withListStores } from "./support/list-stores";
import { countRoundTrips } from "./support/round-trips";
import { searchTexts } from "./support/search-texts";

// `--users 1000000` for the figures that are promised; `--reuse` measures the database that GATEHOUSE_DATA_DIR or
// DATABASE_URL names, such as one of `seed scale`, and leaves it as it is.
const { values: flags } = parseArgs({
  options: {
    users: { type: "string", default: "50000" },
    sessions: { type: "string" },
    rounds: { type: "string", default: "200" },
    reuse: { type: "boolean", default: false },
  },
});

const users = Number(flags.users);
const rounds = Number(flags.rounds);
const platform = trustedContext("cli", "bench");

/** A list in one of its orders, newest or last first. */
type MeasuredList = {
  name: string;
  sort: "createdAt" | "expiresAt" | "lastSeenAt";
  page: (ctx: RequestContext, input: object) => Promise<{ data: Row[] }>;
  /** Where the page behind a row starts, in descending order. */
  cursorBehind: (row: Row) => string;
};

type Row = { id: string; createdAt: string; expiresAt?: string; lastSeenAt?: string | null };

const listsUsers: MeasuredList = {
  name: "users",
  sort: "createdAt",
  page: (ctx, input) => runOperation(listUsers, ctx, input),
  cursorBehind: ({ id, createdAt }) => {
    const binding = { name: "listUsers", scope: platform.scope, filters: { search: "" }, sort: "-createdAt" };
    return encodeCursor(binding, { value: createdAt, id });
  },
};

function listsSessions(sort: MeasuredList["sort"]): MeasuredList {
  return {
    name: sort === "createdAt" ? "sessions" : `sessions-by-${sort}`,
    sort,
    page: (ctx, input) => runOperation(listSessions, ctx, input),
    cursorBehind: (row) => {
      const binding = { name: "listSessions", scope: platform.scope, filters: { status: "active" }, sort: `-${sort}` };
      return encodeCursor(binding, { at: row[sort] ?? row.createdAt, id: row.id });
    },
  };
}

const lists = [listsUsers, listsSessions("createdAt"), listsSessions("expiresAt"), listsSessions("lastSeenAt")];

await withListStores({ reuse: flags.reuse, users, sessions: Number(flags.sessions ?? users * 3) }, async () => {
  const tenants = await findTenants();
  for (const list of lists) {
    await compareLastPage(list);
    for (const tenant of tenants) await compareTenantPage(list, tenant);
  }
  await measureSearch(tenants);
  await measureScope();
});

/** The last page against the first one. */
async function compareLastPage({ name, sort, page, cursorBehind }: MeasuredList): Promise<void> {
  // Near the end: behind the sixtieth row as seen from there.
  const row = (await page(platform, { sort, limit: 60 })).data.at(-1);
  if (!row) throw new Error("There is nothing to list.");
  const cursor = cursorBehind(row);
  await compare(`lists.${name}-last-to-first`, {
    measured: () => page(platform, { sort: `-${sort}`, limit: 50, cursor }),
    base: () => page(platform, { sort: `-${sort}`, limit: 50 }),
  });
}

async function compareTenantPage({ name, sort, page }: MeasuredList, { members, ctx }: MeasuredTenant): Promise<void> {
  await compare(`lists.${name}-tenant-of-${members}-to-platform`, {
    measured: () => page(ctx, { sort: `-${sort}`, limit: 50 }),
    base: () => page(platform, { sort: `-${sort}`, limit: 50 }),
  });
}

type Arms = { measured: () => Promise<unknown>; base: () => Promise<unknown> };

/** Two arms, interleaved, as a ratio of their medians. */
async function compare(figure: string, arms: Arms): Promise<void> {
  const samples = { measured: [] as number[], base: [] as number[] };
  for (let round = -10; round < rounds; round += 1) {
    for (const arm of ["measured", "base"] as const) {
      const startedAt = performance.now();
      await arms[arm]();
      // The first ten warm the connections and the compiler.
      if (round >= 0) samples[arm].push(performance.now() - startedAt);
    }
  }
  const [measured, base] = [median(samples.measured), median(samples.base)];
  const value = Number((measured.median / base.median).toFixed(3));
  print({ figure, value, wanted: "<= 1.5", milliseconds: measured, baseMilliseconds: base });
}

/** The search function's time in Postgres, on the platform and in tenants, each text in each of them in turn. */
async function measureSearch(tenants: MeasuredTenant[]): Promise<void> {
  const { hard, others } = await searchTexts();
  const texts = [...hard, ...others];
  const scopes: DatabaseScope[] = [{ kind: "platform" }, ...tenants.map(({ tenantId }) => toScope(tenantId))];
  const samples = scopes.map(() => [] as { text: string; milliseconds: number }[]);
  for (let round = 0; round < Math.max(1, Math.ceil(rounds / texts.length)); round += 1) {
    for (const text of shuffle(texts)) {
      for (const [index, scope] of scopes.entries()) {
        samples[index]?.push({ text, milliseconds: await searchMilliseconds(scope, text) });
      }
    }
  }
  const [base = [], ...ofTenants] = samples.map((sample) => sample.map(({ milliseconds }) => milliseconds));
  const slowest = [...(samples[0] ?? [])].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, 5);
  const figure = "lists.search-p95-milliseconds";
  const texted = { texts: texts.length, hardTexts: hard.length, searches: base.length };
  print({ figure, value: percentile(base, 0.95), wanted: "<= 10", ...median(base), ...texted, slowest });
  for (const [index, sample] of ofTenants.entries()) {
    const [measured, platformMedian] = [median(sample), median(base)];
    print({
      figure: `lists.search-tenant-of-${tenants[index]?.members}-to-platform`,
      value: Number((measured.median / platformMedian.median).toFixed(3)),
      wanted: "<= 1.5",
      p95Ratio: Number((percentile(sample, 0.95) / percentile(base, 0.95)).toFixed(3)),
      milliseconds: { ...measured, p95: percentile(sample, 0.95) },
    });
  }
}

function toScope(tenantId: string): DatabaseScope {
  return { kind: "tenant", tenantId };
}

async function searchMilliseconds(scope: DatabaseScope, text: string): Promise<number> {
  return withScope(scope, async (tx) => {
    const [plan] = await tx.$queryRaw<{ "QUERY PLAN": [{ "Execution Time": number }] }[]>`
      explain (analyze, timing off, format json)
      select id from gatehouse.search_users(${text}, 'created_at', true, null, null::uuid, 51)`;
    return plan?.["QUERY PLAN"][0]["Execution Time"] ?? Number.NaN;
  });
}

/** Round trips that a scope adds to one query. */
async function measureScope(): Promise<void> {
  const trips = await countRoundTrips(() => withScope({ kind: "platform" }, (tx) => tx.$queryRaw`select 1 as one`));
  print({ figure: "lists.scope-extra-round-trips", value: trips - 1, wanted: "<= 3" });
}
