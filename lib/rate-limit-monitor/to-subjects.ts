import { isId } from "@/lib/db/new-id";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { parseCallerOperation } from "@/lib/rate-limits/caller-operation";
import { findCallers, findTenants, findUsers, type NamedTenant, type NamedUser } from "./names-repository";
import type { RateLimitSubject } from "./schemas";

/** Whom or what a row is about, as it was recorded. */
export type RecordedSubject = {
  dimension: RateLimitSubject["dimension"];
  /** Null where nobody knows any more. */
  label: string | null;
  userId?: string | null;
  tenantId?: string | null;
};

/**
 * The subjects as answers show them, in their order: people and tenants by name, as far as the scope sees them, with one
 * query for all people, one for all tenants and one for sessions and keys.
 */
export async function toSubjects(tx: ScopedTx, recorded: readonly RecordedSubject[]): Promise<RateLimitSubject[]> {
  const callers = await ownersOf(tx, recorded);
  const userIds = recorded.map((one) => userIdOf(one, callers));
  const users = byId(await findUsers(tx, distinct(userIds)));
  const tenants = byId(await findTenants(tx, distinct(recorded.map(tenantIdOf))));
  return recorded.map((one, index) => {
    const user = users.get(userIds[index] ?? "");
    return {
      dimension: one.dimension,
      label: one.label ?? "",
      operation: combinationOf(one)?.operation ?? null,
      user: user ? { id: user.id, name: user.name, email: user.email } : null,
      tenant: tenants.get(tenantIdOf(one) ?? "") ?? null,
    };
  });
}

async function ownersOf(tx: ScopedTx, recorded: readonly RecordedSubject[]): Promise<Map<string, string>> {
  const ids = recorded.flatMap((one) => callerIdOf(one) ?? []);
  return new Map((await findCallers(tx, distinct(ids))).map(({ id, userId }) => [id, userId]));
}

// Sessions and keys are labelled by kind and id.
function callerIdOf(one: RecordedSubject): string | undefined {
  const caller = one.dimension === "caller" ? one.label : combinationOf(one)?.caller;
  return caller?.slice(caller.indexOf(":") + 1);
}

function combinationOf({ dimension, label }: RecordedSubject) {
  return dimension === "caller-operation" ? parseCallerOperation(label ?? "") : null;
}

function userIdOf(one: RecordedSubject, callers: Map<string, string>): string | null {
  const ofCaller = callers.get(callerIdOf(one) ?? "");
  return one.userId ?? ofCaller ?? (one.dimension === "account" ? one.label : null);
}

function tenantIdOf({ dimension, label, tenantId }: RecordedSubject): string | null {
  return tenantId ?? (dimension === "tenant" ? label : null);
}

function distinct(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null && isId(id)).map(String))];
}

function byId<Named extends NamedUser | NamedTenant>(rows: Named[]): Map<string, Named> {
  return new Map(rows.map((row) => [row.id, row]));
}
