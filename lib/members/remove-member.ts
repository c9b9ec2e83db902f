import { assertManageable } from "@/lib/authorization/assert-manageable";
import { holdGrants } from "@/lib/authorization/hold-grants";
import { isId } from "@/lib/db/new-id";
import { notFound } from "@/lib/errors/app-error";
import { defineCommand } from "@/lib/operations/define-operation";
import { tenantScopeOf } from "@/lib/operations/tenant-scope";
import { receipt } from "@/lib/sessions/receipt-schemas";
import { assertNotSelf } from "@/lib/users/assert-not-self";
import { endMembership } from "./end-membership";
import { lockMember } from "./repository";
import { removeMemberInput } from "./schemas";

/** Removes somebody from the tenant and ends their sessions that are active in it. Their account stays. */
export const removeMember = defineCommand({
  name: "removeMember",
  summary: "Remove a member and end their sessions in the tenant",
  scope: "tenant",
  permission: "members.remove",
  readPermission: "users.read",
  audit: "member.remove",
  input: removeMemberInput,
  output: receipt,
  run: async (tools, { userId, reason }) => {
    const { tenantId } = tenantScopeOf(tools.ctx);
    const member = isId(userId) ? await lockMember(tools.tx, tenantId, userId) : null;
    if (!member) throw notFound("member");
    assertNotSelf(tools.ctx, member.userId, "remove");
    const ctx = await holdGrants(tools, "members.remove");
    await assertManageable({ ctx, tx: tools.tx }, member.userId);
    return endMembership(tools, member, reason ?? null);
  },
});
