import { isId } from "@/lib/db/new-id";
import { AppError, notFound } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import { findAssignableRoles } from "@/lib/users/find-assignable-roles";
import { type InvitationRow, lockById } from "./repository";

/**
 * An invitation that nobody has accepted, held against changes, if the caller could give the roles that it gives: as
 * nobody acts on a higher rank, nobody acts on the invitation to one. Throws `NOT_FOUND`, `CONFLICT` once it was
 * accepted, and `FORBIDDEN`.
 */
export async function lockInvitation(
  tools: Pick<OperationTools<never>, "ctx" | "tx">,
  invitationId: string,
): Promise<InvitationRow> {
  const row = isId(invitationId) ? await lockById(tools.tx, invitationId) : null;
  if (!row) throw notFound("invitation");
  if (row.acceptedAt !== null)
    throw new AppError("CONFLICT", "This invitation was accepted. Remove the member instead.");
  await findAssignableRoles(
    tools,
    row.roles.map(({ role }) => role.id),
  );
  return row;
}
