import { assertGrantable } from "@/lib/authorization/assert-grantable";
import { selfIds } from "@/lib/authorization/is-self";
import { AppError } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import { isHeldAtRank, isHeldByAny, moveHolders } from "./holders-repository";
import { findById, holdersCountMax, type RoleRow } from "./repository";
import { scopeTenantId } from "./scope-tenant-id";

/**
 * Gives everybody who holds a role another one in its place, under the rules of giving roles: to each of them, never to
 * oneself. Ask it with the context of `holdGrants`. Returns the key of the other role. Throws `INVALID_INPUT`,
 * `FORBIDDEN`, and `CONFLICT` where more hold it than one transaction should move.
 */
export async function replaceRole(
  { ctx, tx }: Pick<OperationTools<never>, "ctx" | "tx">,
  role: RoleRow,
  replacementId: string,
): Promise<string> {
  const tenantId = scopeTenantId(ctx);
  const replacement = role.id === replacementId.toLowerCase() ? null : await findById(tx, tenantId, replacementId);
  if (!replacement) throw noReplacement();
  assertGrantable(ctx, replacement);
  const here = { roleId: role.id, tenantId };
  if (await isHeldByAny(tx, here, selfIds(ctx))) {
    throw new AppError(
      "FORBIDDEN",
      "You hold this role, and nobody gives themselves another. Ask another administrator.",
    );
  }
  if (await isHeldAtRank(tx, here, ctx.grants.isOwner ? ctx.grants.rank + 1 : ctx.grants.rank)) {
    throw new AppError(
      "FORBIDDEN",
      "Somebody who holds this role ranks as high as you or higher. Ask somebody above them.",
    );
  }
  if (role.holders > holdersCountMax) {
    throw new AppError("CONFLICT", "More than 1,000 people hold this role. Give them the other one in steps first.");
  }
  await moveHolders(tx, here, replacement.id);
  return replacement.key;
}

function noReplacement(): AppError {
  return new AppError("INVALID_INPUT", "Some fields are not acceptable. Correct them and try again.", {
    errors: [{ path: "replacement", message: "Names no other role of this scope." }],
  });
}
