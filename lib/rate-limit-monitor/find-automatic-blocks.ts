import type { RuleDimension, RuleKey } from "@/lib/rate-limits/rule-catalogue";
import { type BlockPosition, compareBlocks } from "./block-order";
import { type BlockedFacts, type BlockedKey, findBlocked, readBlocked, readBlockedFacts } from "./blocked-store";

/** A key that a rule refuses now, with what it stands for. */
export type AutomaticBlock = BlockedKey & { facts: BlockedFacts };

/** Which of them a page shows. `tenantId`: those that concerned this tenant. */
export type AutomaticQuery = {
  tenantId: string | null;
  rule: RuleKey | undefined;
  dimension: RuleDimension | undefined;
  /** Picks those that are wanted by what they stand for; left out, all are. */
  pick: ((blocks: AutomaticBlock[]) => Promise<AutomaticBlock[]>) | undefined;
  descending: boolean;
  after: BlockPosition | undefined;
  limit: number;
  /** Milliseconds by Redis' clock. */
  now: number;
};

/** A page, and where the search for it stopped with keys left to look at; null when it has seen them all. */
export type AutomaticPage = { blocks: AutomaticBlock[]; stoppedAt: BlockPosition | null };

/** Keys that are read at a time, and that one page looks through. */
const sliceSize = 500;
const lookedAtMax = 5_000;

/** One page of the keys that rules refuse now, by the time until which they do and then by id. Throws `UNAVAILABLE`. */
export async function findAutomaticBlocks(query: AutomaticQuery): Promise<AutomaticPage> {
  const { descending, after, limit, now } = query;
  const from = after?.until ?? (descending ? Number.MAX_SAFE_INTEGER : now);
  const blocks: AutomaticBlock[] = [];
  const count = query.pick || query.rule || query.dimension ? sliceSize : Math.min(sliceSize, limit + 1);
  for (let offset = 0; offset < lookedAtMax; offset += count) {
    const slice = await readBlocked({ ...query, from, offset, count });
    const behind = slice.filter((key) => !after || compareBlocks(after, key, descending) < 0);
    for (const block of await select(behind, query)) {
      blocks.push(block);
      if (blocks.length === limit) return { blocks, stoppedAt: null };
    }
    const last = slice.at(-1);
    if (slice.length < count || !last) return { blocks, stoppedAt: null };
    if (offset + count >= lookedAtMax) return { blocks, stoppedAt: { until: last.until, id: last.id } };
  }
  return { blocks, stoppedAt: null };
}

/** Those of these keys that are refused now, as `findAutomaticBlocks` would show them. Throws `UNAVAILABLE`. */
export async function findNamedBlocks(ids: readonly string[], tenantId: string | null): Promise<AutomaticBlock[]> {
  if (ids.length === 0) return [];
  const { found } = await findBlocked(ids, tenantId);
  return withFacts(await stillStanding(found, tenantId));
}

async function select(keys: BlockedKey[], { tenantId, rule, dimension, pick }: AutomaticQuery) {
  const named = keys.filter(
    (key) => (rule === undefined || key.rule === rule) && (dimension === undefined || key.dimension === dimension),
  );
  const blocks = await withFacts(await stillStanding(named, tenantId));
  return pick && blocks.length > 0 ? pick(blocks) : blocks;
}

// A block that concerns several tenants is lifted for all of them at once, and then only the common list is sure to know.
async function stillStanding(keys: BlockedKey[], tenantId: string | null): Promise<BlockedKey[]> {
  if (tenantId === null || keys.length === 0) return keys;
  const { found } = await findBlocked(
    keys.map(({ id }) => id),
    null,
  );
  const standing = new Set(found.map(({ id }) => id));
  return keys.filter(({ id }) => standing.has(id));
}

async function withFacts(keys: BlockedKey[]): Promise<AutomaticBlock[]> {
  if (keys.length === 0) return [];
  const facts = await readBlockedFacts(keys);
  return keys.flatMap((key, index) => {
    const of = facts[index];
    return of ? [{ ...key, facts: of }] : [];
  });
}
