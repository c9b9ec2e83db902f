import { assertManageable } from "@/lib/authorization/assert-manageable";
import { isId } from "@/lib/db/new-id";
import { AppError, notFound } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import type { RequestContext } from "@/lib/operations/request-context";
import { normalAddress } from "@/lib/users/normal-address";
import { findUserByEmail, findUsers, type NamedUser } from "./names-repository";

type Caller = Pick<OperationTools<never>, "ctx" | "tx">;

/**
 * The user with this id or e-mail address, whom the caller may hold back or let through: below the caller in rank and, in
 * a tenant, at home there. Throws `NOT_FOUND` and `FORBIDDEN`.
 */
export async function findManagedAccount(caller: Caller, named: string): Promise<NamedUser> {
  const user = await findAccount(caller, named);
  if (!user) throw notFound("user");
  assertAtHome(caller.ctx, user);
  await assertManageable(caller, user.id);
  return user;
}

/** The user with this id or e-mail address, if the scope sees one. */
export async function findAccount({ tx }: Caller, named: string): Promise<NamedUser | null> {
  if (!isId(named)) return findUserByEmail(tx, normalAddress(named));
  return (await findUsers(tx, [named.toLowerCase()]))[0] ?? null;
}

/** Throws `FORBIDDEN` for somebody whom a tenant sees and does not manage. */
export function assertAtHome({ scope }: Pick<RequestContext, "scope">, user: NamedUser): void {
  if (scope.kind !== "tenant" || user.homeTenantId === scope.tenantId) return;
  throw new AppError("FORBIDDEN", "This account is managed elsewhere. Ask whoever manages it, or the platform.");
}
