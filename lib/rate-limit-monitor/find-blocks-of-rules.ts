import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { compareBlocks } from "./block-order";
import { ofAutomatic } from "./block-row";
import type { BlocksPart, BlocksRequest } from "./blocks-query";
import { type AutomaticBlock, findAutomaticBlocks, findNamedBlocks } from "./find-automatic-blocks";
import { blockIdsOf, findNamedSubjects, type NamedSubject } from "./named-subjects";
import { findUsers } from "./names-repository";
import { redisNow } from "./redis-answers";

/**
 * One page of the keys that rules refuse now, in one or two parts. Whom the search names as a whole is looked up, and
 * anything else looked through. Throws `UNAVAILABLE`.
 */
export async function findBlocksOfRules(tx: ScopedTx, query: BlocksRequest): Promise<BlocksPart[]> {
  const now = await redisNow();
  const named = query.search === "" ? [] : await findNamedSubjects(tx, query.search);
  if (named.length === 0) return [await findByText(tx, query, now)];
  const ofNamed = await findOfNamed(named, query, now);
  // What a session or key is blocked from doing is known by the operation as well, which nobody named.
  const mayBeCaller = named.every(({ dimension }) => dimension === "caller" || dimension === "tenant");
  const wantsCombined = query.dimension === undefined || query.dimension === "caller-operation";
  if (!mayBeCaller || !wantsCombined) return [ofNamed];
  return [ofNamed, await findByText(tx, { ...query, dimension: "caller-operation" }, now)];
}

async function findOfNamed(named: readonly NamedSubject[], query: BlocksRequest, now: number): Promise<BlocksPart> {
  const blocks = await findNamedBlocks(named.flatMap(blockIdsOf), query.tenantId);
  const wanted = blocks.filter((block) => isAsked(block, query)).sort((a, b) => compareBlocks(a, b, query.descending));
  return { rows: wanted.slice(0, query.limit).map((block) => ofAutomatic(block, now)), stoppedAt: null };
}

async function findByText(tx: ScopedTx, query: BlocksRequest, now: number): Promise<BlocksPart> {
  const pick = query.search === "" ? undefined : (blocks: AutomaticBlock[]) => pickByText(tx, blocks, query.search);
  const { blocks, stoppedAt } = await findAutomaticBlocks({ ...query, pick, now });
  return { rows: blocks.map((block) => ofAutomatic(block, now)), stoppedAt };
}

function isAsked(block: AutomaticBlock, { rule, dimension, after, descending }: BlocksRequest): boolean {
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
