import type { ScopeChoices, TenantChoice } from "@/components/scope/scope-choices";
import { toTenantChoice } from "@/components/scope/to-tenant-choice";
import { pageResult } from "@/lib/http/page-query";
import type { PageViewer } from "@/lib/http/page-viewer";
import { listMyTenants } from "@/lib/members/list-my-tenants";
import { getTenant } from "@/lib/tenants/get-tenant";
import { listTenants } from "@/lib/tenants/list-tenants";
import { messages } from "@/lib/ui/messages";
import { searchTenantsAction } from "../actions/tenant-search-action";

const OWN_MAX = 100;
const NEWEST_MAX = 20;

/**
 * The scopes that a viewer may change to: all tenants for people of the platform who may list them, else their own. The
 * tenant in which they stand is always among them. What could not be loaded is missing, and nothing more.
 */
export async function loadScopeChoices(viewer: PageViewer, tenantSlug: string | null): Promise<ScopeChoices> {
  const ofAll = viewer.ofPlatform && viewer.impersonatedBy === null ? await newestTenants() : null;
  if (ofAll === null) return { platform: viewer.ofPlatform, tenants: await ownTenants(tenantSlug), search: null };
  const isKnown = tenantSlug === null || ofAll.some(({ slug }) => slug === tenantSlug);
  const current = isKnown ? [] : await oneTenant(tenantSlug);
  return { platform: true, tenants: [...current, ...ofAll], search: searchTenantsAction.bind(null, null) };
}

async function newestTenants(): Promise<TenantChoice[] | null> {
  const result = await pageResult(listTenants, { input: { limit: NEWEST_MAX } });
  return result.ok ? result.data.data.map(toTenantChoice) : null;
}

async function oneTenant(tenantSlug: string): Promise<TenantChoice[]> {
  const result = await pageResult(getTenant, { input: { tenantSlug } });
  return result.ok ? [toTenantChoice(result.data)] : [];
}

async function ownTenants(tenantSlug: string | null): Promise<TenantChoice[]> {
  const result = await pageResult(listMyTenants, {
    params: Promise.resolve({ tenantSlug: tenantSlug ?? undefined }),
    input: { limit: OWN_MAX },
  });
  if (!result.ok) return [];
  return result.data.data.map(({ tenant: { slug, name }, suspension }) =>
    suspension ? { slug, name, note: messages.shell.tenantStatus.suspended } : { slug, name },
  );
}
