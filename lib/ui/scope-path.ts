/** Which part of the installation a page of the console is about. */
export type ConsoleScope = { kind: "platform" } | { kind: "tenant"; slug: string; name: string };

/** The address of a place within a scope: `/platform/users`, `/t/acme/users`. Without a slug: the platform's. */
export function scopePath(tenantSlug: string | null | undefined, path = ""): string {
  return tenantSlug ? `/t/${encodeURIComponent(tenantSlug)}${path}` : `/platform${path}`;
}

/** The slug of a scope's tenant; null for the platform. */
export const slugOf = (scope: ConsoleScope): string | null => (scope.kind === "tenant" ? scope.slug : null);
