import { isId } from "@/lib/db/new-id";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { AppError, notFound } from "@/lib/errors/app-error";
import type { ResolvedSessionFilter } from "./session-conditions";
import type { SessionFilter } from "./session-filter";
import { findMatchingUserIds, findRoleIds, findTenantId } from "./session-filter-repository";

/** A text may match this many users; sessions of more are no list that anybody reads. */
const matchingUsersMax = 500;

/**
 * Looks up what a filter names by text: users, tenant, roles. Throws `INVALID_INPUT` where a text matches more than
 * 500 users, and `NOT_FOUND` where `userId` is no id.
 */
export async function resolveSessionFilter(
  tx: ScopedTx,
  { search = "", tenant, role, ...filter }: SessionFilter,
  inTenant: boolean,
): Promise<ResolvedSessionFilter> {
  if (filter.userId !== undefined && !isId(filter.userId)) throw notFound("user");
  const text = search.trim();
  return {
    ...filter,
    ...(text !== "" && { userIds: await findUserIds(tx, text) }),
    ...(tenant !== undefined && { tenantId: await findTenantId(tx, tenant) }),
    ...(role !== undefined && {
      role: { ids: await findRoleIds(tx, role, inTenant ? "tenant" : "platform"), inTenant },
    }),
  };
}

async function findUserIds(tx: ScopedTx, search: string): Promise<string[]> {
  const ids = await findMatchingUserIds(tx, search, matchingUsersMax + 1);
  if (ids.length <= matchingUsersMax) return ids;
  throw new AppError("INVALID_INPUT", "Too many people match this text. Type more of the address or name.", {
    errors: [{ path: "search", message: `Matches more than ${matchingUsersMax} users.` }],
  });
}
