import { describe, expect, it } from "vitest";
import { assertGrantable, isGrantable } from "@/lib/authorization/assert-grantable";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { isSelf } from "@/lib/authorization/is-self";
import { permissionsOf } from "@/lib/authorization/role-permissions";
import { newId } from "@/lib/db/new-id";
import { platformContext, tenantContext, userActor } from "@/tests/support/contexts";

const scope = { tenantId: newId(), tenantSlug: "somewhere" };
const role = (rank: number, permissions: string[] = []) => ({ id: newId(), key: "some", rank, permissions });

describe("a role may be given", () => {
  it("below one's own rank, and by owners up to it", () => {
    expect(isGrantable(tenantContext("admin", scope), role(39))).toBe(true);
    expect(isGrantable(tenantContext("admin", scope), role(40))).toBe(false);
    expect(isGrantable(tenantContext("owner", scope), role(50))).toBe(true);
    expect(isGrantable(tenantContext("owner", scope), role(51))).toBe(false);
    expect(isGrantable(platformContext("admin"), role(80))).toBe(false);
  });

  it("with permissions within one's own alone, however low it ranks", () => {
    const admin = tenantContext("admin", scope);
    expect(() => assertGrantable(admin, role(1, ["users.read"]))).not.toThrow();
    expect(() => assertGrantable(admin, role(1, ["users.read", "settings.update"]))).toThrow(/some stands above/);
  });
});

describe("what a role gives", () => {
  it("stands in code for a built-in one, whatever the table says", () => {
    const stored = { id: builtInRoleId("tenant", "auditor"), permissions: ["users.delete"] };
    expect(permissionsOf(stored)).toEqual(["audit.read", "rate-limits.read"]);
  });

  it("is of the catalogue alone, in its order", () => {
    expect(permissionsOf({ id: newId(), permissions: ["audit.read", "no.such", "users.read"] })).toEqual([
      "users.read",
      "audit.read",
    ]);
    expect(permissionsOf({ id: newId(), permissions: null })).toEqual([]);
  });
});

describe("oneself", () => {
  it("is the person, whoever made the key, and the administrator behind an impersonation", () => {
    const [id, other] = [newId(), newId()];
    const ctx = platformContext("admin");
    const behind = { id, name: "x", sessionId: newId(), confinedTenantId: null };
    expect(isSelf({ ...ctx, actor: userActor({ id }) }, id)).toBe(true);
    expect(isSelf({ ...ctx, actor: userActor({ id: other, impersonatedBy: behind }) }, id)).toBe(true);
    expect(isSelf({ ...ctx, actor: { type: "api_key", id: other, name: "key", ownerId: id } }, id)).toBe(true);
    expect(isSelf({ ...ctx, actor: { type: "cli", id: null, name: "root" } }, id)).toBe(false);
    expect(isSelf(ctx, id)).toBe(false);
  });
});
