import { isGrantable } from "@/lib/authorization/assert-grantable";
import { permissionsOf } from "@/lib/authorization/role-permissions";
import type { RequestContext } from "@/lib/operations/request-context";
import { holdersCountMax, type RoleRow } from "./repository";
import type { Role } from "./schemas";

/** A role as a caller sees it. */
export function toRole(ctx: RequestContext, row: RoleRow): Role {
  return {
    id: row.id,
    key: row.key,
    name: row.name,
    rank: row.rank,
    permissions: [...permissionsOf(row)],
    builtIn: row.builtIn,
    holders: { count: Math.min(row.holders, holdersCountMax), capped: row.holders > holdersCountMax },
    assignable: isGrantable(ctx, row),
    editable: !row.builtIn && row.rank < ctx.grants.rank,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
