import { randomInt } from "node:crypto";
import { hashPassword } from "@/lib/auth/password-hashing";
import { AppError } from "@/lib/errors/app-error";
import { appendAuditEvents } from "./append-audit-events";
import { copyRows } from "./copy-rows";
import { loadTransaction } from "./load-transaction";
import { createRandom } from "./random";
import { firstUserId, inventScalePeople, toScaleAccounts } from "./scale-people";
import {
  firstSlug,
  planScale,
  type ScaleChunk,
  type ScaleOptions,
  type ScalePlan,
  toScaleTenantRows,
} from "./scale-plan";
import {
  inventScaleEvents,
  inventScaleHistory,
  inventScaleSessions,
  type ScaleActivity,
  toScaleUserActivity,
} from "./scale-sessions";
import { asPlatform, type SeedClients, type SeedUrls, withSeedClients } from "./seed-clients";

/** How far a load has come: users with everything that is theirs. */
export type ScaleProgress = {
  users: number;
  total: number /** Of the users loaded in this run. */;
  seconds: number;
  loaded: number;
};

/** What `seedScale` did. */
export type ScaleSeed = {
  /** Users that this run loaded; 0 when everything was there. */
  loadedUsers: number;
  options: ScaleOptions;
  /** What the users of this run sign in with; null when there are none. */
  password: string | null;
  seconds: number;
};

const tables = [
  "user",
  "account",
  "membership",
  "membership_role",
  "session",
  "session_activity",
  "user_activity",
  "session_history",
];

/** Makes `seed scale` exclusive: two at once would load the same rows. */
const seedLock = 72_707_371;

type OnProgress = (progress: ScaleProgress) => void;

/**
 * Loads made-up users, sessions and events by COPY, in transactions of some seconds. Interrupted, it goes on where it
 * was when called again with the same options. Throws `CONFLICT` where it was called with others, or runs already.
 */
export function seedScale(
  options: ScaleOptions,
  { onProgress, ...urls }: SeedUrls & { onProgress: OnProgress },
): Promise<ScaleSeed> {
  return withSeedClients(urls, (clients) => loadAll(clients, options, onProgress));
}

async function loadAll(clients: SeedClients, options: ScaleOptions, onProgress: OnProgress): Promise<ScaleSeed> {
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  await takeSeedLock(clients);
  const plan = await settlePlan(clients, options);
  const chunks = await findMissingChunks(clients, plan);
  const password = chunks.length === 0 ? null : inventPassword();
  const passwordHash = password === null ? "" : await hashPassword(password);
  const missing = chunks.reduce((sum, { from, to }) => sum + to - from, 0);
  let loaded = 0;
  for (const chunk of chunks) {
    await loadChunk(clients, plan, { chunk, passwordHash });
    loaded += chunk.to - chunk.from;
    onProgress({ users: options.users - missing + loaded, total: options.users, seconds: seconds(), loaded });
  }
  // Vacuum too: it empties the pending lists of the search indexes, which every search would have to read.
  if (loaded > 0) for (const table of ["tenant", ...tables]) await clients.owner.query(`vacuum (analyze) "${table}"`);
  return { loadedUsers: loaded, options, password, seconds: seconds() };
}

async function takeSeedLock({ owner }: SeedClients): Promise<void> {
  const answer = await owner.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [seedLock]);
  if (!answer.rows[0]?.taken)
    throw new AppError("CONFLICT", "Another `seed scale` is running on this database. Wait for it to end.");
}

async function settlePlan({ owner, app }: SeedClients, options: ScaleOptions): Promise<ScalePlan> {
  const found = await asPlatform(app, () =>
    app.query<{ id: string; created_at: Date }>("select id, created_at from tenant where slug = $1", [firstSlug]),
  );
  const [first] = found.rows;
  const plan = planScale(options, first?.created_at.getTime() ?? Date.now());
  if (!first) await loadTransaction(owner, ["tenant"], () => copyRows(owner, "tenant", toScaleTenantRows(plan)));
  else if (first.id !== plan.tenants[0]?.id) {
    throw new AppError(
      "CONFLICT",
      "There is scale data here that was loaded with other numbers. Repeat those to complete it, or set GATEHOUSE_DATA_DIR to a new directory.",
    );
  }
  return plan;
}

async function findMissingChunks({ app }: SeedClients, plan: ScalePlan): Promise<ScaleChunk[]> {
  const firstIds = plan.chunks.map((chunk) => firstUserId(plan, chunk));
  const found = await app.query<{ id: string }>('select id from "user" where id = any($1::uuid[])', [firstIds]);
  const there = new Set(found.rows.map(({ id }) => id));
  return plan.chunks.filter((_, index) => !there.has(firstIds[index] ?? ""));
}

async function loadChunk(
  { owner, app }: SeedClients,
  plan: ScalePlan,
  { chunk, passwordHash }: { chunk: ScaleChunk; passwordHash: string },
): Promise<void> {
  const platform = await app.query<{ session_epoch: number }>("select session_epoch from platform");
  const platformEpoch = platform.rows[0]?.session_epoch ?? 0;
  const random = createRandom(chunk.seed);
  const people = inventScalePeople(plan, chunk, random);
  const source = { random, anchor: plan.anchor, regulars: people.regulars };
  const seen: ScaleActivity = { sessions: [], users: new Map() };
  await loadTransaction(owner, tables, async () => {
    await copyRows(owner, "user", people.users);
    await copyRows(owner, "account", toScaleAccounts(people.users, random, passwordHash));
    await copyRows(owner, "membership", people.memberships);
    await copyRows(owner, "membership_role", people.membershipRoles);
    await copyRows(owner, "session", inventScaleSessions(source, { count: chunk.sessions, platformEpoch, seen }));
    await copyRows(owner, "session_activity", seen.sessions);
    await copyRows(owner, "user_activity", toScaleUserActivity(seen));
    await copyRows(owner, "session_history", inventScaleHistory(source, chunk.history));
    // Before the commit: if either fails, the chunk is repeated, and the log passes over what it has.
    await appendAuditEvents(app, inventScaleEvents(source, chunk.events));
  });
}

// Random for every run: a password that stands in public source code must not open a million accounts.
function inventPassword(): string {
  const words =
    "amber birch copper delta ember fjord glade hazel ivory jolly kayak lemon mango north ocean piano".split(" ");
  const phrase = Array.from({ length: 4 }, () => words[randomInt(words.length)] ?? "").join(" ");
  return `${phrase} ${randomInt(1000, 9999)}`;
}
