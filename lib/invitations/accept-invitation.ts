import { recordRefusal, writeAuditEvents } from "@/lib/audit/write-audit-events";
import { newId } from "@/lib/db/new-id";
import { type ScopedTx, withScope } from "@/lib/db/scoped-transaction";
import { isAppError } from "@/lib/errors/app-error";
import { hashLinkToken } from "@/lib/one-time-links/link-token";
import type { Actor, RequestContext } from "@/lib/operations/request-context";
import { noGrants } from "@/lib/operations/request-context";
import { replaceGrantsVersion } from "@/lib/sessions/grants-version";
import { addAccount } from "@/lib/users/add-account";
import { findInvitedRoles, insertRoles, redeem } from "./acceptance-repository";
import { acceptedRoles } from "./accepted-roles";
import { assertUsable, invitationRefused } from "./assert-usable";
import { findByTokenHash, type LinkedInvitation } from "./invitation-link-store";
import { type Invitee, type Newcomer, toInvitee } from "./to-invitee";

/** Who opens the link: signed in, or not. */
export type AcceptanceCaller = Pick<RequestContext, "requestId" | "clientAddress" | "userAgent"> & {
  user: Extract<Actor, { type: "user" }> | null;
};

/** The form of the link's page; `newcomer` is filled in by somebody without an account. */
export type Acceptance = { invitationId: string; token: string; newcomer: Newcomer | null };

/** Where somebody is now a member, and what they were given; `withheld` are roles that the inviter could no longer give. */
export type Accepted = {
  tenant: { slug: string; name: string };
  user: { id: string; email: string };
  roles: string[];
  withheld: string[];
};

/**
 * Accepts an invitation by its link: for the user whose address it was sent to, who is signed in, or for a newcomer, who
 * is made an account at home in the tenant. Of several at once one wins. Throws `INVALID_INPUT` for a link that cannot be
 * used, `UNAUTHENTICATED` where the address has an account, `FORBIDDEN` for anybody else's, `CONFLICT` for a member.
 */
export async function acceptInvitation(
  { invitationId, token, newcomer }: Acceptance,
  caller: AcceptanceCaller,
): Promise<Accepted> {
  const tokenHash = hashLinkToken(token);
  const link = await findByTokenHash(tokenHash);
  if (!link || link.id !== invitationId) throw invitationRefused();
  const ctx = toContext(link, caller);
  try {
    assertUsable(link);
    const invitee = await toInvitee(link, { user: caller.user, newcomer });
    const accepted = await withScope({ kind: "tenant", tenantId: link.tenantId }, (tx) =>
      admit({ ctx, tx }, { link, tokenHash, invitee }),
    );
    await replaceGrantsVersion();
    return accepted;
  } catch (error) {
    await recordFailure(ctx, error);
    throw error;
  }
}

type Tools = { ctx: RequestContext; tx: ScopedTx };
type Admitted = { link: LinkedInvitation; tokenHash: string; invitee: Invitee };

async function admit({ ctx, tx }: Tools, { link, tokenHash, invitee }: Admitted): Promise<Accepted> {
  const { id: userId } = invitee;
  const { tenantId, email } = link;
  if (invitee.account) {
    const { name, passwordHash } = invitee.account;
    const whose = { id: userId, email, name, homeTenantId: tenantId, invitedAt: null, emailVerified: true };
    await addAccount(tx, { ...whose, passwordHash });
  }
  const membershipId = newId();
  const admission = await redeem(tx, { tokenHash, userId, membershipId });
  if (!admission) throw invitationRefused();
  const invited = await findInvitedRoles(tx, link.id);
  const vouching = { ...admission, roles: invited, invitedById: link.invitedById };
  const { roles, withheld } = await acceptedRoles({ ctx, tx }, vouching);
  const given = roles.map(({ key }) => key);
  await insertRoles(
    tx,
    membershipId,
    roles.map(({ id }) => id),
  );
  await writeAuditEvents(tx, ctx, [
    {
      action: "invitation.accept",
      target: { type: "invitation", id: link.id, name: email },
      changes: withheld.length > 0 ? { roles: { before: invited.map(({ key }) => key), after: given } } : null,
      details: { email, userId, roles: given, isNewUser: invitee.account !== null },
    },
  ]);
  await replaceGrantsVersion();
  return {
    tenant: { slug: link.tenantSlug, name: link.tenantName },
    user: { id: userId, email },
    roles: given,
    withheld,
  };
}

function toContext(link: LinkedInvitation, { user, ...caller }: AcceptanceCaller): RequestContext {
  return {
    ...caller,
    scope: { kind: "tenant", tenantId: link.tenantId, tenantSlug: link.tenantSlug },
    actor: user ?? { type: "system", id: null, name: "invitation link" },
    grants: noGrants,
    source: "auth",
  };
}

// Only whoever holds a link gets as far as this.
async function recordFailure(ctx: RequestContext, error: unknown): Promise<void> {
  const code = isAppError(error) ? error.code : "INTERNAL";
  if (code === "UNAVAILABLE") return;
  await recordRefusal(ctx, {
    action: "invitation.accept",
    outcome: code === "FORBIDDEN" ? "denied" : "failure",
    code,
  });
}
