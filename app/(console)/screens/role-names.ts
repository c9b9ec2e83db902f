import { builtInRoles } from "@/lib/authorization/built-in-roles";
import type { PageViewer } from "@/lib/http/page-viewer";

const PLATFORM = "platform:";

/** The names of a viewer's roles: built-in ones by their name, custom ones by their key. */
export function roleNames({ roles }: PageViewer, tenantSlug: string | null): string[] {
  return roles.map((role) => {
    const ofPlatform = tenantSlug === null || role.startsWith(PLATFORM);
    const key = role.startsWith(PLATFORM) ? role.slice(PLATFORM.length) : role;
    const scope = ofPlatform ? "platform" : "tenant";
    return builtInRoles.find((known) => known.scope === scope && known.key === key)?.name ?? key;
  });
}
