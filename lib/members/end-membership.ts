import type { AuditEntryOf } from "@/lib/audit/audit-events";
import type { OperationTools } from "@/lib/operations/define-operation";
import { tenantScopeOf } from "@/lib/operations/tenant-scope";
import { startEndingUserSessions } from "@/lib/sessions/end-user-sessions";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import { replaceGrantsAround } from "@/lib/sessions/replace-grants-around";
import { toReceipt } from "@/lib/sessions/to-receipt";
import { assertNotLastOwner } from "@/lib/users/assert-not-last-owner";
import { type MemberRow, remove } from "./repository";

type Ended = { result: Receipt; event: Omit<AuditEntryOf<"member.remove" | "member.leave">, "action" | "outcome"> };

/**
 * Ends a membership that `lockMember` holds: first the sessions active in the tenant, with a receipt, then the row with
 * its roles. The account of a member at home here goes to the platform. Throws `CONFLICT` for the last owner.
 */
export async function endMembership(
  tools: OperationTools<Receipt>,
  member: MemberRow,
  note: string | null,
): Promise<Ended> {
  const { tenantId, tenantSlug } = tenantScopeOf(tools.ctx);
  const { user } = member;
  await assertNotLastOwner(tools, user.id);
  const { receipt, finish } = await startEndingUserSessions(tools, {
    userId: user.id,
    reason: "removed",
    note,
    onlyInTenant: true,
  });
  await remove(tools.tx, member.id);
  replaceGrantsAround(tools);
  tools.afterCommit(async () => toReceipt(await finish()));
  const isHome = user.homeTenantId === tenantId;
  return {
    result: toReceipt(receipt),
    event: {
      target: { type: "user", id: user.id, name: user.email },
      reason: note,
      changes: {
        roles: { before: member.roles.map(({ role }) => role.key), after: [] },
        ...(isHome ? { homeTenant: { before: tenantSlug, after: null } } : {}),
      },
      details: { receiptId: receipt.id },
    },
  };
}
