import { isId } from "@/lib/db/new-id";
import { notFound } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import { findById, type RoleRow } from "./repository";
import { scopeTenantId } from "./scope-tenant-id";

/** One role of the caller's scope. Throws `NOT_FOUND`. */
export async function readRole(
  { ctx, tx }: Pick<OperationTools<never>, "ctx" | "tx">,
  roleId: string,
): Promise<RoleRow> {
  const row = isId(roleId) ? await findById(tx, scopeTenantId(ctx), roleId) : null;
  if (!row) throw notFound("role");
  return row;
}
