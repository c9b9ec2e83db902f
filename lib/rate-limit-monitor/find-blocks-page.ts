import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { type BlockPosition, compareBlocks } from "./block-order";
import { type BlockRow, ofLockout, ofManual } from "./block-row";
import type { RateLimitBlockKind } from "./block-schemas";
import type { BlocksPart, BlocksQuery, BlocksRequest } from "./blocks-query";
import { findPage } from "./blocks-repository";
import { findBlocksOfRules } from "./find-blocks-of-rules";
import { findLockouts } from "./lockouts-repository";
import { findTenantId } from "./names-repository";

/** Lockouts that a search looks through. */
const lockoutsLookedAt = 1_000;

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
    ...(wants("automatic") ? await findBlocksOfRules(tx, { ...request, tenantId }) : []),
    wants("manual") && isOfNoRule ? await findManual(tx, request) : nothing,
    wants("lockout") && isOfNoRule && isOfAccounts ? await findLocked(tx, { ...request, tenantId }) : nothing,
  ];
  return merge(parts, query);
}

const nothing: BlocksPart = { rows: [], stoppedAt: null };

async function findManual(tx: ScopedTx, query: BlocksQuery): Promise<BlocksPart> {
  const search = query.search.replace(/\/64$/, "");
  return { rows: (await findPage(tx, { ...query, search })).map(ofManual), stoppedAt: null };
}

async function findLocked(tx: ScopedTx, query: BlocksRequest): Promise<BlocksPart> {
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
function merge(parts: BlocksPart[], { descending, limit }: BlocksQuery) {
  const stops = parts.flatMap(({ rows, stoppedAt }) => (stoppedAt && rows.length <= limit ? [stoppedAt] : []));
  const [stop] = stops.sort((a, b) => compareBlocks(a, b, descending));
  const sorted = parts.flatMap(({ rows }) => rows).sort((a, b) => compareBlocks(a, b, descending));
  const certain = stop ? sorted.filter((row) => compareBlocks(row, stop, descending) <= 0) : sorted;
  const rows = certain.slice(0, limit);
  const last = certain.length > limit ? rows.at(-1) : stop;
  return { rows, next: last ? { until: last.until, id: last.id } : null };
}
