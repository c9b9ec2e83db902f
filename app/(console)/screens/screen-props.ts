import type { SearchParams } from "nuqs/server";

/**
 * What Next gives every page of the console. The same screen serves both scopes: below `/t/{tenantSlug}` the path names
 * a tenant, below `/platform` it does not. `Params` are further parameters of the path.
 */
export type ScreenProps<Params extends object = object> = {
  params: Promise<Params & { tenantSlug?: string }>;
  searchParams: Promise<SearchParams>;
};
