import type { ScopedTx } from "@/lib/db/scoped-transaction";

/** A person as lists name one. */
export type NamedUser = { id: string; name: string | null; email: string; homeTenantId: string | null };

/** A tenant as lists name one. */
export type NamedTenant = { id: string; slug: string; name: string };

/** Those of these users whom the scope sees. */
export async function findUsers(tx: ScopedTx, ids: readonly string[]): Promise<NamedUser[]> {
  if (ids.length === 0) return [];
  return tx.$queryRaw<NamedUser[]>`
    select u.id::text as id, u.name, u.email, u.home_tenant_id::text as "homeTenantId"
    from "user" u where u.id = any(${[...ids]}::uuid[])`;
}

/** The user with this e-mail address, in its normalised form, if the scope sees one. */
export async function findUserByEmail(tx: ScopedTx, email: string): Promise<NamedUser | null> {
  const rows = await tx.$queryRaw<NamedUser[]>`
    select u.id::text as id, u.name, u.email, u.home_tenant_id::text as "homeTenantId" from "user" u where u.email = ${email}`;
  return rows[0] ?? null;
}

/** Those of these tenants that the scope sees. */
export async function findTenants(tx: ScopedTx, ids: readonly string[]): Promise<NamedTenant[]> {
  if (ids.length === 0) return [];
  return tx.$queryRaw<NamedTenant[]>`
    select t.id::text as id, t.slug, t.name from tenant t where t.id = any(${[...ids]}::uuid[])`;
}

/** The id of the tenant with this slug or id, if the scope sees one. */
export async function findTenantId(tx: ScopedTx, tenant: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select t.id::text as id from tenant t where t.slug = ${tenant} or t.id::text = lower(${tenant}) limit 1`;
  return rows[0]?.id ?? null;
}

/** Whose these sessions and API keys are, as far as the scope sees them. */
export async function findCallers(tx: ScopedTx, ids: readonly string[]): Promise<{ id: string; userId: string }[]> {
  if (ids.length === 0) return [];
  return tx.$queryRaw<{ id: string; userId: string }[]>`
    select s.id::text as id, s.user_id::text as "userId" from session s where s.id = any(${[...ids]}::uuid[])
    union all
    select k.id::text as id, k.owner_id::text as "userId" from api_key k where k.id = any(${[...ids]}::uuid[])`;
}
