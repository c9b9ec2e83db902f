import { newId } from "@/lib/db/new-id";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { Prisma } from "@/prisma/generated/client";

/** A scope's rules as they are stored: an empty list says nothing. */
export type PolicyRow = Prisma.PolicyGetPayload<object>;

/** Columns that a change writes. */
export type PolicyChanges = Partial<Omit<PolicyRow, "id" | "tenantId" | "updatedAt">>;

/** The rows of the platform and (unless null) of a tenant. */
export async function findRows(tx: ScopedTx, tenantId: string | null): Promise<PolicyRow[]> {
  return tx.policy.findMany({
    where: { OR: [{ tenantId: null }, ...(tenantId === null ? [] : [{ tenantId }])] },
    take: 2,
  });
}

/** The same for Better Auth's own connection, which reads no table of a tenant. */
export async function findRowsUnscoped(
  client: Pick<Prisma.TransactionClient, "$queryRaw">,
  tenantId: string | null,
): Promise<PolicyRow[]> {
  return client.$queryRaw<PolicyRow[]>`
    select id, tenant_id as "tenantId", session_idle_seconds as "sessionIdleSeconds",
      session_absolute_seconds as "sessionAbsoluteSeconds", concurrent_sessions_max as "concurrentSessionsMax",
      concurrent_sessions_mode as "concurrentSessionsMode", second_factor_required as "secondFactorRequired",
      password_length_min as "passwordLengthMin", coalesce(password_composition, '{}') as "passwordComposition",
      coalesce(sign_in_methods, '{}') as "signInMethods", coalesce(allowed_addresses, '{}') as "allowedAddresses",
      audit_retention_days as "auditRetentionDays", remember_me_allowed as "rememberMeAllowed",
      reauthentication_seconds as "reauthenticationSeconds", session_history_days as "sessionHistoryDays", updated_at as "updatedAt"
    from gatehouse.find_policies(${tenantId}::uuid)`;
}

/** Writes what one scope says, for the first time or again. The caller holds the scope. */
export async function save(
  tx: ScopedTx,
  { id, tenantId, changes }: { id: string | null; tenantId: string | null; changes: PolicyChanges },
): Promise<void> {
  if (id === null) await tx.policy.createMany({ data: [{ id: newId(), tenantId, ...changes }] });
  else await tx.policy.updateMany({ where: { id }, data: changes });
}

/** Keeps sessions from beginning in the scope until the transaction ends, and other changes of its rules as well. */
export async function holdAdmissions(tx: ScopedTx): Promise<void> {
  await tx.$queryRaw`select gatehouse.hold_admissions()::text`;
}

/** Shortens up to `most` sessions to the rules of the transaction's scope; returns how many. */
export async function tightenSessions(tx: ScopedTx, most: number): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`select gatehouse.tighten_sessions(${most}::int) as count`;
  return rows[0]?.count ?? 0;
}
