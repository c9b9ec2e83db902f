import { allPermissions, type Permission, permissionExistsIn } from "@/lib/authorization/permissions";

// A key makes no keys and acts as nobody: whoever steals one must not be able to outlive it.
const never: readonly Permission[] = ["api-keys.create", "users.impersonate"];

/** The permissions that a key may carry in a scope. */
export function keyPermissionsOf(scope: "platform" | "tenant"): Permission[] {
  return allPermissions.filter((name) => !never.includes(name) && permissionExistsIn(name, scope));
}
