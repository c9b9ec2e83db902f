import { findBuiltInRole } from "./built-in-roles";
import { allPermissions, type Permission } from "./permissions";

/** What a role gives. A built-in role's permissions stand in code; the table holds a projection that is never read. */
export function permissionsOf(role: { id: string; permissions: readonly string[] | null }): readonly Permission[] {
  const builtIn = findBuiltInRole(role.id);
  if (builtIn) return builtIn.permissions;
  const held = new Set<string>(role.permissions);
  return allPermissions.filter((name) => held.has(name));
}
