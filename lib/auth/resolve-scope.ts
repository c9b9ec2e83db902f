import { AppError, notFound } from "@/lib/errors/app-error";
import type { RequestScope } from "@/lib/operations/request-context";
import { findTenantBySlug } from "@/lib/sessions/session-store";

/**
 * The scope that a URL names: a tenant by its slug, or the platform without one. Throws `NOT_FOUND` for a slug that
 * nobody has and `UNAVAILABLE`. Whether the caller has any business there is for the caller's grants.
 */
export async function resolveScope(tenantSlug: string | undefined): Promise<RequestScope> {
  if (tenantSlug === undefined) return { kind: "platform" };
  const tenant = await askPostgres(tenantSlug);
  if (!tenant) throw notFound("tenant");
  return { kind: "tenant", tenantId: tenant.id, tenantSlug: tenant.slug };
}

async function askPostgres(slug: string): ReturnType<typeof findTenantBySlug> {
  try {
    return await findTenantBySlug(slug);
  } catch (error) {
    throw new AppError("UNAVAILABLE", "The database cannot be reached. Try again in a few seconds.", {
      cause: error,
      retryAfterSeconds: 2,
    });
  }
}
