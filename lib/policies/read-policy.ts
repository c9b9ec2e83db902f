import { isId } from "@/lib/db/new-id";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { RequestContext } from "@/lib/operations/request-context";
import { readRoleLimits } from "./read-role-limits";
import { findRows } from "./repository";
import type { Policy } from "./schemas";
import { strictestPolicy } from "./strictest-policy";
import { noPolicy, toPolicyLevels } from "./to-policy-values";

/** The tenant of the caller's scope; null on the platform. */
export function tenantOf({ scope }: RequestContext): string | null {
  return scope.kind === "tenant" ? scope.tenantId : null;
}

/** The rules of the caller's scope, with those that bound them; `alsoRoles` names roles to show although they have no limits. */
export async function readPolicy(
  { ctx, tx }: { ctx: RequestContext; tx: ScopedTx },
  alsoRoles: readonly string[] = [],
): Promise<Policy> {
  const tenantId = tenantOf(ctx);
  const levels = toPolicyLevels(await findRows(tx, tenantId));
  const effective = strictestPolicy(levels);
  return {
    own: (tenantId === null ? levels.platform : levels.tenant) ?? noPolicy,
    platform: strictestPolicy({ platform: levels.platform, tenant: null }),
    effective,
    roleLimits: await readRoleLimits(tx, { tenantId, policy: effective, also: alsoRoles.filter(isId) }),
  };
}
