import type { RoleOption } from "@/components/roles/role-option";
import { builtInRoles } from "@/lib/authorization/built-in-roles";
import { pageResult } from "@/lib/http/page-query";
import type { PageViewer } from "@/lib/http/page-viewer";
import { listRoles } from "@/lib/roles/list-roles";

const ROLES_MAX = 100;

/**
 * The roles of a scope, highest first, and which of them the viewer may give. Whoever may not read roles knows the
 * built-in ones, which are the same everywhere. For display: the server decides who gives what.
 */
export async function loadRoles(viewer: PageViewer, tenantSlug: string | null): Promise<RoleOption[]> {
  if (!viewer.permissions.includes("roles.read")) return builtInOf(viewer, tenantSlug);
  const result = await pageResult(listRoles, {
    params: Promise.resolve({ tenantSlug: tenantSlug ?? undefined }),
    input: { limit: ROLES_MAX },
  });
  if (!result.ok) return builtInOf(viewer, tenantSlug);
  return result.data.data.map(({ id, name, assignable }) => ({ id, name, assignable }));
}

function builtInOf({ rank, isOwner, permissions }: PageViewer, tenantSlug: string | null): RoleOption[] {
  const kind = tenantSlug === null ? "platform" : "tenant";
  const highest = isOwner ? rank : rank - 1;
  return builtInRoles
    .filter(({ scope }) => scope === kind)
    .map((role) => ({
      id: role.id,
      name: role.name,
      assignable: role.rank <= highest && role.permissions.every((name) => permissions.includes(name)),
    }));
}
