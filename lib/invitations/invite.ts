import type { AuditEntryOf } from "@/lib/audit/audit-events";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import { hashLinkToken, newLinkToken } from "@/lib/one-time-links/link-token";
import type { OperationTools } from "@/lib/operations/define-operation";
import { tenantScopeOf } from "@/lib/operations/tenant-scope";
import { admitInvitationMails } from "@/lib/rate-limits/invitation-mails";
import { findAssignableRoles } from "@/lib/users/find-assignable-roles";
import { assertRoleProof } from "./assert-role-proof";
import { toInviter } from "./inviter";
import { findBelonging, findByIds, findTenantName, type InvitationRow, insert, lockOpen, revoke } from "./repository";
import { invitationDays } from "./schemas";
import { sendInvitationMails } from "./send-invitation-mails";

type Tools = Pick<OperationTools<never>, "ctx" | "tx">;

type Wish = { emails: string[]; name: string | null; roleIds: string[] };

/** What was done: the events still have to be written, and `send` called after the commit. */
export type Invited = {
  rows: InvitationRow[];
  alreadyMembers: string[];
  entries: AuditEntryOf<"invitation.create">[];
  send: () => Promise<InvitationRow[]>;
};

/**
 * Invites addresses into the tenant, each with the same roles (without any: member). An invitation that is still open is
 * withdrawn for the new one. Says nothing about addresses that do not belong to the tenant. Throws `FORBIDDEN` for roles
 * above the caller, also those of the invitation that would be withdrawn, `STEP_UP_REQUIRED` and `RATE_LIMITED`.
 */
export async function invite(tools: Tools, { emails, name, roleIds }: Wish): Promise<Invited> {
  const { ctx, tx } = tools;
  const { tenantId } = tenantScopeOf(ctx);
  const wanted = roleIds.length > 0 ? roleIds : [builtInRoleId("tenant", "member")];
  await assertRoleProof(ctx, wanted);
  const roles = await findAssignableRoles(tools, wanted);
  const addresses = [...new Set(emails)];
  const alreadyMembers = await findBelonging(tx, addresses);
  const strangers = addresses.filter((address) => !alreadyMembers.includes(address));
  await admitInvitationMails(tenantId, strangers.length);
  const replaced = await withdrawOpen(tools, strangers);
  const made = strangers.map((email) => ({ id: newId(), email, name, token: newLinkToken() }));
  const expiresAt = new Date(Date.now() + invitationDays * 86_400_000);
  const inviter = toInviter(ctx);
  await insert(
    tx,
    made.map(({ token, ...rest }) => ({ ...rest, ...inviter, tokenHash: hashLinkToken(token), expiresAt })),
    roles.map(({ id }) => id),
  );
  const tenant = await findTenantName(tx, tenantId);
  return {
    rows: await findByIds(
      tx,
      made.map(({ id }) => id),
    ),
    alreadyMembers: addresses.filter((address) => alreadyMembers.includes(address)),
    entries: made.map((one) => toEntry(one, { roles, expiresAt, replacedId: replaced.get(one.email) ?? null })),
    send: () => sendInvitationMails({ tenantId, tenant, inviter: inviter.invitedByName }, made),
  };
}

async function withdrawOpen(tools: Tools, emails: string[]): Promise<Map<string, string>> {
  const open = await lockOpen(tools.tx, emails);
  const stillGood = open.filter(({ expiresAt }) => expiresAt > new Date());
  await findAssignableRoles(
    tools,
    stillGood.flatMap(({ roles }) => roles.map(({ role }) => role.id)),
  );
  await revoke(
    tools.tx,
    open.map(({ id }) => id),
  );
  return new Map(open.map(({ email, id }) => [email, id]));
}

type Terms = { roles: { key: string }[]; expiresAt: Date; replacedId: string | null };

function toEntry(
  { id, email }: { id: string; email: string },
  { roles, expiresAt, replacedId }: Terms,
): AuditEntryOf<"invitation.create"> {
  return {
    action: "invitation.create",
    target: { type: "invitation", id, name: email },
    changes: replacedId === null ? null : { openInvitation: { before: replacedId, after: id } },
    details: { email, roles: roles.map(({ key }) => key), expiresAt: expiresAt.toISOString() },
  };
}
