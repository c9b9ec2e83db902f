import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { RuleDimension, RuleKey } from "@/lib/rate-limits/rule-catalogue";
import { type BlockPosition, compareBlocks } from "./block-order";
import { type BlockRow, ofAutomatic, ofLockout, ofManual } from "./block-row";
import type { RateLimitBlockKind } from "./block-schemas";
import { findPage } from "./blocks-repository";
import { type AutomaticBlock, findAutomaticBlocks, findNamedBlocks } from "./find-automatic-blocks";
import { findLockouts } from "./lockouts-repository";
import { blockIdsOf, findNamedSubjects } from "./named-subjects";
import { findTenantId, findUsers } from "./names-repository";
import { redisNow } from "./redis-answers";

/** Which blocks a page shows. */
export type BlocksQuery = {
  search: string;
  kind: RateLimitBlockKind | undefined;
  rule: RuleKey | undefined;
  dimension: RuleDimension | undefined;
  tenant: string | undefined;
  descending: boolean;
  after: BlockPosition | undefined;
  limit: number;
  /** The tenant of the scope; null: the platform. */
  scopeTenantId: string | null;
};

/** Lockouts that a search looks through. */
const lockoutsLookedAt = 1_000;

type Part = { rows: BlockRow[]; stoppedAt: BlockPosition | null };

/**
 * One page of the blocks of every kind, in one order, and where the next one begins. Throws `UNAVAILABLE` where those of
 * the rules are asked for and Redis does not answer.
 */
export async function findBlocksPage(
  tx: ScopedTx,
  query: BlocksQuery,
): Promise<{ rows: BlockRow[]; next: BlockPosition | null }> {
  const tenantId = query.tenant === undefined ? query.scopeTenantId : await findTenantId(tx, query.tenant);
  if (query.tenant !== undefined && tenantId === null) return { rows: [], next: null };
  const wants = (kind: RateLimitBlockKind) => query.kind === undefined || query.kind === kind;
  const isOfNoRule = query.rule === undefined;
  const isOfAccounts = query.dimension === undefined || query.dimension === "account";
  const request = { ...query, limit: query.limit + 1 };
  const parts = [
    wants("automatic") ? await findOfRules(tx, { ...request, tenantId }) : nothing,
    wants("manual") && isOfNoRule ? await findManual(tx, request) : nothing,
    wants("lockout") && isOfNoRule && isOfAccounts ? await findLocked(tx, { ...request, tenantId }) : nothing,
  ];
  return merge(parts, query);
}

const nothing: Part = { rows: [], stoppedAt: null };

type Request = BlocksQuery & { tenantId: string | null };

async function findOfRules(tx: ScopedTx, query: Request): Promise<Part> {
  const now = await redisNow();
  const named = query.search === "" ? [] : await findNamedSubjects(tx, query.search);
  if (named.length > 0) {
    const blocks = await findNamedBlocks(named.flatMap(blockIdsOf), query.tenantId);
    const wanted = blocks
      .filter((block) => isAsked(block, query))
      .sort((a, b) => compareBlocks(a, b, query.descending));
    return { rows: wanted.slice(0, query.limit).map((block) => ofAutomatic(block, now)), stoppedAt: null };
  }
  const pick = query.search === "" ? undefined : (blocks: AutomaticBlock[]) => pickByText(tx, blocks, query.search);
  const { blocks, stoppedAt } = await findAutomaticBlocks({ ...query, pick, now });
  return { rows: blocks.map((block) => ofAutomatic(block, now)), stoppedAt };
}

function isAsked(block: AutomaticBlock, { rule, dimension, after, descending }: Request): boolean {
  if (rule !== undefined && block.rule !== rule) return false;
  if (dimension !== undefined && block.dimension !== dimension) return false;
  return !after || compareBlocks(after, block, descending) < 0;
}

// Accounts are recorded by id: their names and addresses are looked up for all of them at once.
async function pickByText(tx: ScopedTx, blocks: AutomaticBlock[], search: string): Promise<AutomaticBlock[]> {
  const text = search.toLowerCase();
  const ids = blocks.flatMap(({ facts }) => facts.userId ?? []);
  const users = new Map((await findUsers(tx, [...new Set(ids)])).map((user) => [user.id, user]));
  return blocks.filter(({ id, facts }) => {
    const user = users.get(facts.userId ?? "");
    return [id, facts.label, user?.name, user?.email].some((one) => one?.toLowerCase().includes(text));
  });
}

async function findManual(tx: ScopedTx, query: BlocksQuery): Promise<Part> {
  const search = query.search.replace(/\/64$/, "");
  return { rows: (await findPage(tx, { ...query, search })).map(ofManual), stoppedAt: null };
}

async function findLocked(tx: ScopedTx, query: Request): Promise<Part> {
  const isNarrowed = query.search !== "" || query.tenant !== undefined;
  const limit = isNarrowed ? lockoutsLookedAt : query.limit;
  const found = await findLockouts(tx, { ...query, limit });
  const text = query.search.toLowerCase();
  const wanted = found.filter(
    ({ userId, email, name, homeTenantId }) =>
      (query.tenant === undefined || homeTenantId === query.tenantId) &&
      [userId, email, name].some((one) => one?.toLowerCase().includes(text)),
  );
  const rows = wanted.map(ofLockout);
  const last = isNarrowed && found.length === limit ? found.at(-1) : undefined;
  return { rows: rows.slice(0, query.limit), stoppedAt: last ? ofLockout(last) : null };
}

// Whatever stands behind the place at which one kind stopped might have something of that kind before it.
function merge(parts: Part[], { descending, limit }: BlocksQuery) {
  const stops = parts.flatMap(({ rows, stoppedAt }) => (stoppedAt && rows.length <= limit ? [stoppedAt] : []));
  const [stop] = stops.sort((a, b) => compareBlocks(a, b, descending));
  const sorted = parts.flatMap(({ rows }) => rows).sort((a, b) => compareBlocks(a, b, descending));
  const certain = stop ? sorted.filter((row) => compareBlocks(row, stop, descending) <= 0) : sorted;
  const rows = certain.slice(0, limit);
  const last = certain.length > limit ? rows.at(-1) : stop;
  return { rows, next: last ? { until: last.until, id: last.id } : null };
}
