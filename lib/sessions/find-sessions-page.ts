import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { ListSessionsInput } from "./schemas";
import type { SessionPageQuery } from "./session-page-parts";
import { findPage, preferOrder, type SessionRow } from "./sessions-page-repository";

/** Sessions that a tenant's filtered page looks at in order before it begins with the filter. */
const inPassingMax = 10_000;

type PageRequest = Omit<SessionPageQuery, "part"> & { status: ListSessionsInput["status"] };

/** One page by keyset: of live sessions, of ended ones (moved into the history or not yet), or of both. */
export async function findSessionsPage(tx: ScopedTx, { status, ...query }: PageRequest): Promise<SessionRow[]> {
  if (status !== "ended") return findPart(tx, { ...query, part: status });
  // In this order, because a session that is moved between the two is then met twice rather than not at all.
  const unmoved = await findPage(tx, { ...query, part: "unmoved" }, { inOrder: false });
  const moved = await findPart(tx, { ...query, part: "moved" });
  const ids = new Set(moved.map(({ id }) => id));
  const rows = [...moved, ...unmoved.filter(({ id }) => !ids.has(id))];
  const sign = query.sort.startsWith("-") ? -1 : 1;
  return rows.sort((a, b) => sign * compare(a, b)).slice(0, query.limit);
}

// Without a filter a page lies in an index, wherever it begins. With one, a page of common values is filled in passing,
// and one of rare values is found by their own index. On the platform Postgres knows which is the case. In a tenant it
// does not, because behind row-level security it takes every tenant for a small one; so there it is tried.
async function findPart(tx: ScopedTx, query: SessionPageQuery): Promise<SessionRow[]> {
  const { userId, userIds, ip, tenantId: _, ...more } = query.filter;
  const isNamed = [userId, userIds, ip].some((value) => value !== undefined);
  if (query.tenantId === null || isNamed) return findPage(tx, query, { inOrder: false });
  const isFiltered = Object.values(more).some((value) => value !== undefined);
  await preferOrder(tx, true);
  const inPassing = await findPage(tx, query, { inOrder: true, rows: isFiltered ? inPassingMax : null });
  if (!isFiltered || inPassing.length >= query.limit) return inPassing;
  await preferOrder(tx, false);
  return findPage(tx, query, { inOrder: false });
}

function compare(a: SessionRow, b: SessionRow): number {
  if (a.at.getTime() !== b.at.getTime()) return a.at.getTime() - b.at.getTime();
  return a.id < b.id ? -1 : 1;
}
