import { isId } from "@/lib/db/new-id";
import { notFound } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import { type Assignee, lockAssignee } from "./assignments-repository";
import { scopeTenantId } from "./scope-tenant-id";

/** The user who gets or loses a role, held against changes. Throws `NOT_FOUND`. */
export async function readAssignee(
  { ctx, tx }: Pick<OperationTools<never>, "ctx" | "tx">,
  userId: string,
): Promise<Assignee> {
  const user = isId(userId) ? await lockAssignee(tx, scopeTenantId(ctx), userId) : null;
  if (!user) throw notFound("user");
  return user;
}
