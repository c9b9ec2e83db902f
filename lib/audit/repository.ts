import { Prisma } from "@/prisma/generated/client";
import type { AuditRow } from "./write-audit-events";

/** Inserts events in one statement. Raw, because the login role may insert and not select, and `create` reads back. */
export async function insertAuditEvents(
  tx: Pick<Prisma.TransactionClient, "$executeRaw">,
  rows: AuditRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map(
    (
      row,
    ) => Prisma.sql`(${row.id}::uuid, ${row.tenantId}::uuid, ${row.action}, ${row.outcome}, ${row.actorType}, ${row.actorId}, ${row.actorName},
      ${row.impersonatorId}, ${row.impersonatorName}, ${row.targetType}, ${row.targetId}, ${row.targetName}, ${row.reason},
      ${toJson(row.changes)}::jsonb, ${toJson(row.details)}::jsonb, ${row.requestId}, ${row.clientAddress}::inet, ${row.userAgent}, ${row.source})`,
  );
  await tx.$executeRaw`insert into audit_event (id, tenant_id, action, outcome, actor_type, actor_id, actor_name,
      impersonator_id, impersonator_name, target_type, target_id, target_name, reason,
      changes, details, request_id, client_address, user_agent, source)
    values ${Prisma.join(values)}`;
}

function toJson(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
