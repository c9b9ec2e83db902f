import { newId } from "@/lib/db/new-id";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { SessionLimitValues } from "./limit-schemas";

/** A role for which limits may be stated in a scope. */
export type LimitableRole = {
  id: string;
  scope: "platform" | "tenant";
  key: string;
  name: string;
  rank: number;
  builtIn: boolean;
};

/** What one scope (null: the platform) says about one role. */
export type LimitRow = SessionLimitValues & { tenantId: string | null; roleId: string };

/** Roles of one scope for which limits may be stated. */
export const limitedRolesMax = 200;

/** The roles of a scope that are built in or among these ids: those of a tenant, or the platform's and tenants' built-in ones. */
export async function findLimitableRoles(
  tx: ScopedTx,
  tenantId: string | null,
  ids: readonly string[],
): Promise<LimitableRole[]> {
  return tx.$queryRaw<LimitableRole[]>`
    select id::text as id, scope, key, name, rank, built_in as "builtIn" from role
    where case when ${tenantId}::uuid is null then tenant_id is null
        else scope = 'tenant' and (tenant_id = ${tenantId}::uuid or built_in) end
      and (built_in or id = any(${ids}::uuid[]))
    order by scope, rank desc, id`;
}

/** What the platform and (unless null) a tenant say about roles. */
export async function findLimits(tx: ScopedTx, tenantId: string | null): Promise<LimitRow[]> {
  return tx.roleSessionLimit.findMany({
    where: { OR: [{ tenantId: null }, ...(tenantId === null ? [] : [{ tenantId }])] },
    select: {
      tenantId: true,
      roleId: true,
      sessionIdleSeconds: true,
      sessionAbsoluteSeconds: true,
      concurrentSessionsMax: true,
    },
    orderBy: { id: "asc" },
    take: limitedRolesMax * 2,
  });
}

/** Writes what a scope says about a role; saying nothing any more removes it. */
export async function saveLimit(tx: ScopedTx, { tenantId, roleId, ...values }: LimitRow): Promise<void> {
  const saysNothing = Object.values(values).every((value) => value === null);
  if (saysNothing) {
    await tx.roleSessionLimit.deleteMany({ where: { tenantId, roleId } });
    return;
  }
  const { count } = await tx.roleSessionLimit.updateMany({ where: { tenantId, roleId }, data: values });
  if (count === 0) await tx.roleSessionLimit.createMany({ data: [{ id: newId(), tenantId, roleId, ...values }] });
}
