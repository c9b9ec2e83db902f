import { AppError, notFound } from "@/lib/errors/app-error";
import { defineCommand } from "@/lib/operations/define-operation";
import type { RequestContext } from "@/lib/operations/request-context";
import { tenantScopeOf } from "@/lib/operations/tenant-scope";
import { receipt } from "@/lib/sessions/receipt-schemas";
import { endMembership } from "./end-membership";
import { lockMember } from "./repository";
import { leaveTenantInput } from "./schemas";

/** The caller leaves the tenant: their sessions active in it end, and their account is theirs and the platform's. */
export const leaveTenant = defineCommand({
  name: "leaveTenant",
  summary: "Leave the tenant",
  scope: "self",
  permission: null,
  readPermission: null,
  audit: "member.leave",
  input: leaveTenantInput,
  output: receipt,
  run: async (tools) => {
    const { tenantId } = tenantScopeOf(tools.ctx);
    const member = await lockMember(tools.tx, tenantId, personOf(tools.ctx));
    if (!member) throw notFound("member");
    return endMembership(tools, member, null);
  },
});

// Nobody leaves on another's behalf.
function personOf({ actor }: RequestContext): string {
  if (actor.type === "user" && actor.impersonatedBy === null) return actor.id;
  throw new AppError("FORBIDDEN", "Only the person themself can leave a tenant, signed in as themself.");
}
