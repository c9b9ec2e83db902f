import { loadGrants } from "@/lib/auth/load-grants";
import { isGrantable } from "@/lib/authorization/assert-grantable";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { holdGrants } from "@/lib/authorization/hold-grants";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { RequestContext } from "@/lib/operations/request-context";
import type { Admission, InvitedRole } from "./acceptance-repository";

const member = { id: builtInRoleId("tenant", "member"), key: "member" };
const guest = { id: builtInRoleId("tenant", "guest"), key: "guest" };

/** What a new member is given: `withheld` are the keys of roles that the inviter could no longer give. */
export type AcceptedRoles = { roles: { id: string; key: string }[]; withheld: string[] };

type Vouching = Admission & { roles: InvitedRole[]; invitedById: string | null };

/**
 * The roles of an invitation that its inviter could still give at this moment; without any, membership alone. Somebody
 * at home in another tenant is a guest where a member was invited. Nobody changes grants until the transaction ends.
 */
export async function acceptedRoles(
  { ctx, tx }: { ctx: RequestContext; tx: ScopedTx },
  { roles, invitedById, isGuest, inviterStands }: Vouching,
): Promise<AcceptedRoles> {
  const inviter = await holdInviter({ ctx, tx }, invitedById);
  const given = roles.filter((role) => isPlain(role) || (inviterStands && isWithin(inviter, role)));
  const withheld = roles.filter((role) => !given.includes(role)).map(({ key }) => key);
  const named = given.length > 0 ? given.map(({ id, key }) => ({ id, key })) : [member];
  const settled = named.map((role) => (isGuest && role.id === member.id ? guest : role));
  // Invited as member and as guest, somebody at home elsewhere is a guest once.
  return { roles: [...new Map(settled.map((role) => [role.id, role])).values()], withheld };
}

const isPlain = ({ id }: InvitedRole): boolean => id === member.id || id === guest.id;

// Null: whoever runs the installation, who may give anything.
function isWithin(inviter: RequestContext | null, role: InvitedRole): boolean {
  return inviter === null || isGrantable(inviter, role);
}

// The inviter as they stand now, asked the way an API key asks for its owner: no session of theirs is involved.
async function holdInviter(
  { ctx, tx }: { ctx: RequestContext; tx: ScopedTx },
  userId: string | null,
): Promise<RequestContext | null> {
  if (userId === null) {
    await holdGrants({ ctx, tx });
    return null;
  }
  const tenantId = ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null;
  const grants = await loadGrants({ userId, tenantId, version: null });
  const actor = { type: "api_key", id: userId, name: "inviter", ownerId: userId } as const;
  return holdGrants({ ctx: { ...ctx, actor, grants }, tx });
}
