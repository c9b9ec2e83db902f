import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { assertFreshProof } from "@/lib/operations/assert-allowed";
import type { RequestContext } from "@/lib/operations/request-context";

const plainRoles = new Set([builtInRoleId("tenant", "member"), builtInRoleId("tenant", "guest")]);

/** Inviting to more than membership grants roles, which takes a fresh proof. Throws `STEP_UP_REQUIRED`. */
export async function assertRoleProof(ctx: RequestContext, roleIds: readonly string[]): Promise<void> {
  if (roleIds.some((id) => !plainRoles.has(id))) await assertFreshProof(ctx);
}
