import { forgetFailures } from "@/lib/account-lockout/forget-failures";
import { AppError, notFound } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import { subjectHash, toBlockId } from "@/lib/rate-limits/limit-keys";
import { type RuleKey, ruleCatalogue } from "@/lib/rate-limits/rule-catalogue";
import { type ClearedBlock, clearCountersBeforeCommit, signInAccountRules } from "./cleared-block";
import { findNamedBlocks } from "./find-automatic-blocks";
import { assertAtHome } from "./managed-account";
import { findUsers, type NamedUser } from "./names-repository";

/** Clears a key that a rule refuses. Throws `NOT_FOUND` where the scope knows of none. */
export async function clearAutomaticBlock(
  tools: OperationTools<null>,
  { rule, hash }: { rule: RuleKey; hash: string },
): Promise<ClearedBlock> {
  const { ctx, tx } = tools;
  const tenantId = ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null;
  const [block] = await findNamedBlocks([toBlockId(rule, hash)], tenantId);
  if (!block) throw notFound("block");
  const user = await findHolder(tools, block.facts.userId, hash);
  if (tenantId !== null) assertOwn(tools, user);
  const isOfSignIn = signInAccountRules.includes(rule);
  const forgotten = isOfSignIn && user ? await forgetFailures(tx, user.email) : null;
  clearCountersBeforeCommit(tools, isOfSignIn ? signInAccountRules : [rule], hash);
  return {
    rule,
    dimension: ruleCatalogue[rule].dimension,
    blockedUntil: new Date(block.until).toISOString(),
    user,
    label: block.facts.label,
    failures: forgotten && forgotten.failures + forgotten.deviceFailures,
  };
}

// The account that the key stands for, unless its address has been another since.
async function findHolder(
  { tx }: OperationTools<null>,
  userId: string | null,
  hash: string,
): Promise<NamedUser | null> {
  const [user] = userId === null ? [] : await findUsers(tx, [userId]);
  return user && subjectHash("account", user.email) === hash ? user : null;
}

function assertOwn({ ctx }: OperationTools<null>, user: NamedUser | null): void {
  if (!user) {
    throw new AppError("FORBIDDEN", "This block is not of one of your accounts: ask those who run the platform.");
  }
  assertAtHome(ctx, user);
}
