import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { findMatching, findPage, type MemberPosition, searchPage } from "./members-page-repository";
import type { MemberSort } from "./schemas";

type PageRequest = {
  tenantId: string;
  /** Trimmed; empty for none. */
  search: string;
  role: string | undefined;
  sort: MemberSort;
  after: MemberPosition | undefined;
  limit: number;
};

/** The user ids of a page in order, and where the next one starts; null when nothing comes after. */
export type MembersPage = { userIds: string[]; next: MemberPosition | null };

// A search reads candidates in batches and keeps those that are members and hold the role. Past the last batch the page
// is handed out short, with a cursor behind what was looked at: bounded work, and nothing is left out.
const batchSize = 500;
const batchesMax = 8;

/** One page of members: by keyset from the memberships, or through the search function where there is a text to find. */
export async function findMembersPage(tx: ScopedTx, request: PageRequest): Promise<MembersPage> {
  if (request.search !== "") return searchMembers(tx, request);
  const places = await findPage(tx, { ...request, limit: request.limit + 1 });
  const page = places.slice(0, request.limit);
  const last = places.length > request.limit ? page.at(-1) : undefined;
  return { userIds: page.map(({ userId }) => userId), next: last ? { value: last.value, id: last.id } : null };
}

async function searchMembers(tx: ScopedTx, request: PageRequest): Promise<MembersPage> {
  const { limit } = request;
  const found: MemberPosition[] = [];
  let { after } = request;
  for (let batch = 0; batch < batchesMax; batch += 1) {
    const candidates = await searchPage(tx, { ...request, after, limit: batchSize });
    const ids = candidates.map(({ id }) => id);
    const matching = ids.length === 0 ? new Set<string>() : await findMatching(tx, ids, request);
    found.push(...candidates.filter(({ id }) => matching.has(id)));
    if (found.length > limit) return cut(found, limit);
    after = candidates.at(-1);
    if (candidates.length < batchSize) return { userIds: found.map(({ id }) => id), next: null };
  }
  return { userIds: found.map(({ id }) => id), next: after ?? null };
}

function cut(found: MemberPosition[], limit: number): MembersPage {
  const page = found.slice(0, limit);
  return { userIds: page.map(({ id }) => id), next: page.at(-1) ?? null };
}
