import type { OperationTools } from "@/lib/operations/define-operation";
import { endTenantSessions } from "@/lib/sessions/end-tenant-sessions";
import { replaceGrantsAround } from "@/lib/sessions/replace-grants-around";
import { type TenantChanges, type TenantRow, update } from "./repository";

/**
 * Closes a tenant as part of another operation: every session that its epoch covers ends, none can begin in it, and
 * its roles grant nothing until it is opened again. Returns the receipt of the ended sessions.
 */
export async function closeTenant<Result>(
  tools: OperationTools<Result>,
  tenant: TenantRow,
  { note, changes }: { note: string | null; changes: TenantChanges },
): Promise<{ receiptId: string }> {
  // First the sessions, while they still count as alive: a suspension by itself makes them dead.
  const { receiptId } = await endTenantSessions(tools, { tenant, reason: "suspended", note });
  await update(tools.tx, tenant.id, changes);
  replaceGrantsAround(tools);
  return { receiptId };
}

/** Before and after of the columns that a change writes, for the audit event. */
export function toTenantChanges(before: TenantRow, changes: TenantChanges) {
  return Object.fromEntries(
    Object.entries(changes).map(([field, after]) => [field, { before: Reflect.get(before, field), after }]),
  );
}
