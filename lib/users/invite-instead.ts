import type { z } from "zod";
import { writeAuditEvents } from "@/lib/audit/write-audit-events";
import { AppError } from "@/lib/errors/app-error";
import { invite } from "@/lib/invitations/invite";
import type { OperationTools } from "@/lib/operations/define-operation";
import type { createdUser, createUserInput, invitedUser } from "./schemas";

type Wish = z.output<typeof createUserInput>;
type Invited = z.input<typeof invitedUser>;

/**
 * What creating a user is for a tenant's own people: an invitation, whose event is the only one. Every address that does
 * not belong to the tenant is answered alike. Throws `FORBIDDEN` for a password, `CONFLICT` for an address that belongs here.
 */
export async function inviteInstead(
  tools: OperationTools<z.input<typeof createdUser>>,
  { email, name, password, roles }: Wish,
): Promise<{ result: Invited; event: null }> {
  if (password !== undefined) throw passwordRefused();
  const { rows, alreadyMembers, entries, send } = await invite(tools, { emails: [email], name, roleIds: roles });
  const [row] = rows;
  if (alreadyMembers.length > 0 || !row) throw belongsHere();
  await writeAuditEvents(tools.tx, tools.ctx, entries);
  tools.afterCommit(async (result) => {
    await send();
    return result;
  });
  const result: Invited = {
    status: "invited",
    invitationId: row.id,
    email: row.email,
    name,
    roles: row.roles.map(({ role }) => role),
    expiresAt: row.expiresAt.toISOString(),
  };
  return { result, event: null };
}

function passwordRefused(): AppError {
  const message =
    "An initial password takes the platform's permission users.create. Leave it out: they choose their own.";
  return new AppError("FORBIDDEN", message, { errors: [{ path: "password", message: "Not yours to choose." }] });
}

function belongsHere(): AppError {
  return new AppError("CONFLICT", "Somebody with this address belongs to this tenant already.", {
    errors: [{ path: "email", message: "Already here." }],
  });
}
