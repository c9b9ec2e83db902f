import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { RequestContext } from "@/lib/operations/request-context";
import { findRows } from "./repository";
import type { Policy } from "./schemas";
import { strictestPolicy } from "./strictest-policy";
import { noPolicy, toPolicyLevels } from "./to-policy-values";

/** The tenant of the caller's scope; null on the platform. */
export function tenantOf({ scope }: RequestContext): string | null {
  return scope.kind === "tenant" ? scope.tenantId : null;
}

/** The rules of the caller's scope, with those that bound them. */
export async function readPolicy({ ctx, tx }: { ctx: RequestContext; tx: ScopedTx }): Promise<Policy> {
  const levels = toPolicyLevels(await findRows(tx, tenantOf(ctx)));
  return {
    own: (tenantOf(ctx) === null ? levels.platform : levels.tenant) ?? noPolicy,
    platform: strictestPolicy({ platform: levels.platform, tenant: null }),
    effective: strictestPolicy(levels),
  };
}
