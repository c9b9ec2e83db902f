import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import { withScope } from "@/lib/db/scoped-transaction";
import { createInvitations } from "@/lib/invitations/create-invitations";
import type { Invitation } from "@/lib/invitations/schemas";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { again } from "../../support/people";

/** An address that nobody has. */
export const address = () => `${newId()}@example.com`;

type RoleKey = "owner" | "admin" | "moderator" | "auditor" | "member" | "guest";

/** Invites one address as one or several built-in roles. */
export async function invite(
  ctx: RequestContext,
  email: string,
  keys: RoleKey | RoleKey[] = "member",
): Promise<Invitation> {
  const roles = [keys].flat().map((key) => builtInRoleId("tenant", key));
  const { data } = await runOperation(createInvitations, again(ctx), { emails: [email], roles });
  const [made] = data;
  if (!made) throw new Error(`${email} belongs to the tenant already.`);
  return made;
}

/** The invitation and token in the newest mail to an address. */
export async function linkTo(email: string): Promise<{ id: string; token: string }> {
  const mail = await withScope({ kind: "platform" }, (tx) =>
    tx.capturedMail.findFirst({ where: { to: email }, orderBy: [{ createdAt: "desc" }, { id: "desc" }] }),
  );
  const [, id = "", token = ""] = /\/invitations\/([\w-]+)\?token=([\w-]+)/.exec(mail?.text ?? "") ?? [];
  if (token === "") throw new Error(`No invitation was mailed to ${email}.`);
  return { id, token };
}
