import { Prisma } from "@/prisma/generated/client";

/** The id of the tenant with this slug or id, as far as the scope can see it; null for none. */
export function tenantIdOf(tenant: string): Prisma.Sql {
  return Prisma.sql`(select t.id from tenant t where t.slug = ${tenant} or t.id::text = lower(${tenant}) limit 1)`;
}
