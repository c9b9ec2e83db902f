import { hashPassword } from "@/lib/auth/password-hashing";
import { assertAcceptablePassword } from "@/lib/auth/password-policy";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { assertFreshProof } from "@/lib/operations/assert-allowed";
import { defineCommand, type OperationTools } from "@/lib/operations/define-operation";
import type { RequestContext } from "@/lib/operations/request-context";
import { readPasswordRules } from "@/lib/policies/password-rules";
import { addAccount } from "./add-account";
import { findAssignableRoles } from "./find-assignable-roles";
import { inviteInstead } from "./invite-instead";
import { readUserDetail } from "./read-user";
import { insertMembership } from "./repository";
import { insertMembershipRoles, insertPlatformRoles } from "./roles-repository";
import { createdUser, createUserInput } from "./schemas";
import { sendSetUpMail } from "./send-set-up-mail";

/**
 * Creates a user; without a password a mail leads them to choose one. In a tenant it takes the platform's permission:
 * everybody else invites the address, and learns nothing about it.
 */
export const createUser = defineCommand({
  name: "createUser",
  summary: "Create a user; in a tenant without the platform's permission, invite one",
  scope: "either",
  permission: "users.create",
  readPermission: "users.read",
  audit: "user.create",
  input: createUserInput,
  output: createdUser,
  run: async (tools, input) => {
    const { ctx, tx } = tools;
    if (ctx.scope.kind === "tenant" && !ctx.grants.platformPermissions.has("users.create")) {
      return inviteInstead(tools, input);
    }
    const { email, name, password, roles: roleIds } = input;
    // Granting roles takes a fresh proof; creating a plain account does not.
    if (roleIds.length > 0) await assertFreshProof(ctx);
    const roles = await findAssignableRoles(tools, withDefault(ctx, roleIds));
    const homeTenantId = ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null;
    if (password !== undefined) {
      const rules = await readPasswordRules(tx, homeTenantId);
      assertAcceptablePassword(password, { context: [email, name], path: "password", rules });
    }
    const passwordHash = password === undefined ? null : await hashPassword(password);
    const id = newId();
    const invitedAt = passwordHash === null ? new Date() : null;
    await addAccount(tx, { id, email, name, homeTenantId, invitedAt, passwordHash });
    await giveRoles(tx, { id, homeTenantId }, roles);
    if (passwordHash === null) mailSetUpLink(tools, email);
    return {
      result: await readUserDetail(tools, id),
      event: {
        target: { type: "user", id, name: email },
        changes: { email: { before: null, after: email }, name: { before: null, after: name } },
        details: { email, roles: roles.map((role) => role.key) },
      },
    };
  },
});

function withDefault({ scope }: RequestContext, roleIds: string[]): string[] {
  return scope.kind === "tenant" && roleIds.length === 0 ? [builtInRoleId("tenant", "member")] : roleIds;
}

async function giveRoles(
  tx: ScopedTx,
  { id, homeTenantId }: { id: string; homeTenantId: string | null },
  roles: { id: string }[],
): Promise<void> {
  const roleIds = roles.map((role) => role.id);
  if (homeTenantId === null) return insertPlatformRoles(tx, id, roleIds);
  const membershipId = await insertMembership(tx, homeTenantId, id);
  await insertMembershipRoles(tx, { tenantId: homeTenantId, membershipId }, roleIds);
}

// The mail leaves after the commit: a link to an account that was rolled back would lead nowhere.
function mailSetUpLink<Result>(tools: OperationTools<Result>, email: string): void {
  tools.afterCommit(async (result) => {
    await sendSetUpMail(email);
    return result;
  });
}
