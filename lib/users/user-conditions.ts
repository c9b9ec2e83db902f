import { tenantIdOf } from "@/lib/db/tenant-id-of";
import { Prisma } from "@/prisma/generated/client";
import type { ListUsersInput } from "./schemas";

/** What narrows the list. */
export type UserFilters = Omit<ListUsersInput, "sort" | "limit" | "cursor" | "search">;

const isLocked = Prisma.sql`(u.locked_at is not null and (u.locked_until is null or u.locked_until > now()))`;

const statuses: Record<NonNullable<UserFilters["status"]>, Prisma.Sql> = {
  locked: isLocked,
  invited: Prisma.sql`(not ${isLocked} and u.invited_at is not null)`,
  active: Prisma.sql`(not ${isLocked} and u.invited_at is null)`,
};

/** The filters as conditions on `"user" u`. `tenantId` is the transaction's tenant; null on the platform. */
export function toUserConditions(filters: UserFilters, tenantId: string | null): Prisma.Sql[] {
  const { status, role, tenant, emailVerified, createdAfter, createdBefore, lastSeenBefore } = filters;
  return [
    status ? statuses[status] : undefined,
    role ? holdsRole(role, tenantId) : undefined,
    tenant ? isMember(tenant) : undefined,
    emailVerified === undefined ? undefined : Prisma.sql`u.email_verified = ${emailVerified}`,
    createdAfter ? Prisma.sql`u.created_at >= ${createdAfter}::timestamptz` : undefined,
    createdBefore ? Prisma.sql`u.created_at < ${createdBefore}::timestamptz` : undefined,
    lastSeenBefore ? notSeenSince(lastSeenBefore) : undefined,
  ].filter((condition) => condition !== undefined);
}

/** The ids of who holds a role in the scope, `most` of each kind at most. A tenant's role reads none of the platform's. */
export function holdersOf(roleId: string, tenantId: string | null, most: number): Prisma.Sql {
  // A subselect, because a join might read every member before it stops.
  const inTenants = Prisma.sql`(select (select m.user_id from membership m where m.id = r.membership_id) as id
    from membership_role r where r.role_id = ${roleId}::uuid limit ${most})`;
  if (tenantId !== null) return inTenants;
  return Prisma.sql`${inTenants} union
    (select a.user_id from platform_role_assignment a where a.role_id = ${roleId}::uuid limit ${most})`;
}

// Scalar subselects one within the other: an EXISTS would be hashed, and a join might start from the role, which reads
// every holder to show one page.
function holdsRole(roleId: string, tenantId: string | null): Prisma.Sql {
  const inTenants = Prisma.sql`(select true from membership m where m.user_id = u.id
    and (select true from membership_role r where r.membership_id = m.id and r.role_id = ${roleId}::uuid) limit 1)`;
  if (tenantId !== null) return inTenants;
  return Prisma.sql`(${inTenants} or
    (select true from platform_role_assignment a where a.user_id = u.id and a.role_id = ${roleId}::uuid))`;
}

function isMember(tenant: string): Prisma.Sql {
  return Prisma.sql`(select true from membership m where m.user_id = u.id and m.tenant_id = ${tenantIdOf(tenant)})`;
}

function notSeenSince(moment: string): Prisma.Sql {
  return Prisma.sql`u.created_at < ${moment}::timestamptz and not exists (
    select 1 from user_activity a where a.user_id = u.id and a.last_seen_at >= ${moment}::timestamptz)`;
}
