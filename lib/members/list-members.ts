import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/db/cursor";
import { AppError } from "@/lib/errors/app-error";
import { defineQuery } from "@/lib/operations/define-operation";
import { pageOutput } from "@/lib/operations/list-input";
import { tenantScopeOf } from "@/lib/operations/tenant-scope";
import { findMembersPage } from "./find-members-page";
import { findByUserIds } from "./repository";
import { listMembersInput, type MemberSort, member } from "./schemas";
import { toMember } from "./to-member";

const position = z.strictObject({ value: z.string(), id: z.uuid() });

/** One page of the members of a tenant, its own people and its guests. */
export const listMembers = defineQuery({
  name: "listMembers",
  summary: "List and search the members of the tenant",
  scope: "tenant",
  permission: "users.read",
  input: listMembersInput,
  output: pageOutput(member),
  run: async ({ ctx, tx }, { limit, cursor, role, search: typed = "", sort: wanted }) => {
    const { tenantId } = tenantScopeOf(ctx);
    const search = typed.trim();
    const sort = toSort(wanted, search);
    const binding = { name: "listMembers", scope: ctx.scope, filters: { role, search }, sort };
    const after = cursor === undefined ? undefined : decodeCursor(binding, cursor, position);
    const page = await findMembersPage(tx, { tenantId, search, role, sort, after, limit });
    const rows = await findByUserIds(tx, tenantId, page.userIds);
    return {
      data: rows.map((row) => toMember(row, tenantId)),
      nextCursor: page.next ? encodeCursor(binding, page.next) : null,
    };
  },
});

// The index of the search knows names and addresses, and nobody's memberships.
function toSort(wanted: MemberSort | undefined, search: string): MemberSort {
  if (wanted === undefined) return search === "" ? "-joinedAt" : "name";
  if (search === "" || !wanted.endsWith("joinedAt")) return wanted;
  const message = "What a search finds is ordered by name or email.";
  throw new AppError("INVALID_INPUT", message, { errors: [{ path: "sort", message }] });
}
