import { describe, expect, it } from "vitest";
import { type BuiltInRole, builtInRoleId, builtInRoles, findBuiltInRole } from "@/lib/authorization/built-in-roles";
import { permissionExistsIn } from "@/lib/authorization/permissions";

const roles: readonly BuiltInRole[] = builtInRoles;

describe("built-in roles", () => {
  it("have distinct ids, and distinct keys and ranks within their scope", () => {
    expect(new Set(roles.map((role) => role.id)).size).toBe(roles.length);
    for (const scope of ["platform", "tenant"] as const) {
      const inScope = roles.filter((role) => role.scope === scope);
      expect(new Set(inScope.map((role) => role.key)).size).toBe(inScope.length);
      expect(new Set(inScope.map((role) => role.rank)).size).toBe(inScope.length);
    }
  });

  it("of a tenant hold only permissions that exist in a tenant", () => {
    const misplaced = roles
      .filter((role) => role.scope === "tenant")
      .flatMap((role) =>
        role.permissions
          .filter((permission) => !permissionExistsIn(permission, "tenant"))
          .map((permission) => `${role.key}: ${permission}`),
      );
    expect(misplaced).toEqual([]);
  });

  it("give auditors nothing that changes anything", () => {
    const auditors = roles.filter((role) => role.key === "auditor");
    const changing = auditors.flatMap((role) => role.permissions.filter((permission) => !permission.endsWith(".read")));
    expect(auditors).toHaveLength(2);
    expect(changing).toEqual([]);
  });

  it("put the platform's owner above everybody", () => {
    const owner = findBuiltInRole(builtInRoleId("platform", "owner"));
    expect(roles.filter((role) => role.rank >= (owner?.rank ?? 0))).toEqual([owner]);
  });
});
