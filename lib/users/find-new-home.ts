import { AppError } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import { assertNotSelf } from "./assert-not-self";
import { findTenantOfMember, type UserRow } from "./repository";

/**
 * The tenant that is to manage an account, by its slug; null: the platform is. Throws `FORBIDDEN` outside the platform's
 * scope and for one's own account, `INVALID_INPUT` for a tenant of which the user is no member.
 */
export async function findNewHome(
  { ctx, tx }: Pick<OperationTools<never>, "ctx" | "tx">,
  user: UserRow,
  slug: string | null,
): Promise<{ id: string; slug: string } | null> {
  if (ctx.scope.kind !== "platform") {
    throw new AppError("FORBIDDEN", "Only the platform says which tenant manages an account.", {
      errors: [{ path: "homeTenant", message: "Not yours to change." }],
    });
  }
  assertNotSelf(ctx, user.id, "move");
  if (slug === null) return null;
  const tenant = await findTenantOfMember(tx, slug, user.id);
  if (tenant) return tenant;
  throw new AppError("INVALID_INPUT", "Some fields are not acceptable. Correct them and try again.", {
    errors: [{ path: "homeTenant", message: "Must name a tenant of which this person is a member." }],
  });
}
