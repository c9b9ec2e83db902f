import type { TenantRow } from "./repository";
import type { Tenant, TenantStatus } from "./schemas";

/** Members and sessions are counted up to here: an exact count of more would cost what it counts. */
export const countMax = 1_000;

/** A tenant as callers see one; `members` was counted up to one more than `countMax`. */
export function toTenant(row: TenantRow, members: number): Tenant {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    status: toStatus(row),
    createdAt: row.createdAt.toISOString(),
    suspendedAt: row.suspendedAt?.toISOString() ?? null,
    suspendedReason: row.suspendedReason,
    deletesAt: row.deletesAt?.toISOString() ?? null,
    members: toCapped(members),
  };
}

/** A count that may have been cut short. */
export function toCapped(count: number): { count: number; capped: boolean } {
  return { count: Math.min(count, countMax), capped: count > countMax };
}

/** Whether a tenant works, by its columns. */
export function toStatus({ suspendedAt, deletesAt }: Pick<TenantRow, "suspendedAt" | "deletesAt">): TenantStatus {
  if (deletesAt !== null) return "deleting";
  return suspendedAt === null ? "active" : "suspended";
}
