import { hashPassword } from "@/lib/auth/password-hashing";
import { assertAcceptablePassword } from "@/lib/auth/password-policy";
import { newId } from "@/lib/db/new-id";
import { AppError } from "@/lib/errors/app-error";
import { assertFreshProof } from "@/lib/operations/assert-allowed";
import { defineCommand, type OperationTools } from "@/lib/operations/define-operation";
import { findAssignableRoles } from "./find-assignable-roles";
import { readUserDetail } from "./read-user";
import { insert, isEmailTaken, setPasswordHash } from "./repository";
import { insertPlatformRoles } from "./roles-repository";
import { createUserInput, userDetail } from "./schemas";
import { sendSetUpMail } from "./send-set-up-mail";

/** Creates a user. Without a password they are invited: a mail leads them to choose one. */
export const createUser = defineCommand({
  name: "createUser",
  summary: "Create a user",
  scope: "platform",
  permission: "users.create",
  readPermission: "users.read",
  audit: "user.create",
  input: createUserInput,
  output: userDetail,
  run: async (tools, { email, name, password, roles: roleIds }) => {
    const { ctx, tx } = tools;
    // Granting roles takes a fresh proof; creating a plain account does not.
    if (roleIds.length > 0) assertFreshProof(ctx);
    const roles = await findAssignableRoles(tools, roleIds);
    if (password !== undefined) assertAcceptablePassword(password, { context: [email, name], path: "password" });
    if (await isEmailTaken(tx, email)) throw emailTaken();
    const id = newId();
    await insert(tx, { id, email, name, homeTenantId: null, invitedAt: password === undefined ? new Date() : null });
    await insertPlatformRoles(
      tx,
      id,
      roles.map((role) => role.id),
    );
    await giveProof(tools, { id, email, password });
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

type NewPerson = { id: string; email: string; password: string | undefined };

// The mail leaves after the commit: a link to an account that was rolled back would lead nowhere.
async function giveProof<Result>(tools: OperationTools<Result>, { id, email, password }: NewPerson): Promise<void> {
  if (password !== undefined) return setPasswordHash(tools.tx, id, await hashPassword(password));
  tools.afterCommit(async (result) => {
    await sendSetUpMail(email);
    return result;
  });
}

function emailTaken(): AppError {
  return new AppError("CONFLICT", "Somebody with this address exists already.", {
    errors: [{ path: "email", message: "Already in use." }],
  });
}
