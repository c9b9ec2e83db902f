import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { UserSort } from "./schemas";
import type { UserFilters } from "./user-conditions";
import type { UserPosition } from "./user-orders";
import { findMatching, findPage, searchPage } from "./users-page-repository";

type PageRequest = {
  /** Trimmed; empty for none. */
  search: string;
  filters: UserFilters;
  sort: UserSort;
  after: UserPosition | undefined;
  limit: number;
  /** The tenant of the transaction; null on the platform. */
  tenantId: string | null;
};

/** The ids of a page in order, and where the next one starts; null when nothing comes after. */
export type UsersPage = { ids: string[]; next: UserPosition | null };

// A search with filters reads candidates in batches and keeps those that pass. Past the last batch the page is handed
// out short, with a cursor behind what was looked at: bounded work, and nothing is left out.
const batchSize = 500;
const batchesMax = 8;

/** One page of users: by keyset over an index, or through the search function where there is a text to find. */
export async function findUsersPage(tx: ScopedTx, request: PageRequest): Promise<UsersPage> {
  const { search, limit } = request;
  if (search === "") return cut(await findPage(tx, { ...request, limit: limit + 1 }), limit);
  const hasFilters = Object.values(request.filters).some((value) => value !== undefined);
  if (!hasFilters) return cut(await searchPage(tx, { ...request, limit: limit + 1 }), limit);
  return searchWithFilters(tx, request);
}

async function searchWithFilters(tx: ScopedTx, request: PageRequest): Promise<UsersPage> {
  const found: UserPosition[] = [];
  let after = request.after;
  for (let batch = 0; batch < batchesMax; batch += 1) {
    const candidates = await searchPage(tx, { ...request, after, limit: batchSize });
    const matching = await findMatching(
      tx,
      candidates.map(({ id }) => id),
      request,
    );
    found.push(...candidates.filter(({ id }) => matching.has(id)));
    if (found.length > request.limit) return cut(found, request.limit);
    after = candidates.at(-1);
    if (candidates.length < batchSize) return { ids: found.map(({ id }) => id), next: null };
  }
  return { ids: found.map(({ id }) => id), next: after ?? null };
}

function cut(rows: UserPosition[], limit: number): UsersPage {
  const page = rows.slice(0, limit);
  return { ids: page.map(({ id }) => id), next: rows.length > limit ? (page.at(-1) ?? null) : null };
}
