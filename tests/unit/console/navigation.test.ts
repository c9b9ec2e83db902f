import { describe, expect, it } from "vitest";
import { itemOfPath, navigationOf } from "@/components/layout/console-navigation";
import { allPermissions } from "@/lib/authorization/permissions";
import { scopePath } from "@/lib/ui/scope-path";

const owner = { user: { id: "1", name: "", email: "" }, roles: [], permissions: allPermissions };
const nobody = { ...owner, permissions: [] };
const acme = { kind: "tenant", slug: "acme", name: "Acme" } as const;
const hrefs = (...parameters: Parameters<typeof navigationOf>) =>
  navigationOf(...parameters).flatMap(({ items }) => items.map(({ href }) => href));

describe("the places of the console", () => {
  it("all lie in their own scope", () => {
    expect(hrefs({ kind: "platform" }, owner).every((href) => href.startsWith("/platform"))).toBe(true);
    expect(hrefs(acme, owner).every((href) => /^\/t\/acme(?:\/|$)/.test(href))).toBe(true);
  });

  it("a tenant has no place for tenants or captured mail, the platform none for members", () => {
    expect(hrefs(acme, owner)).not.toContain("/t/acme/tenants");
    expect(hrefs(acme, owner)).not.toContain("/t/acme/mailbox");
    expect(hrefs({ kind: "platform" }, owner)).not.toContain("/platform/members");
  });

  it("what a viewer may not read is not offered", () => {
    expect(hrefs(acme, nobody)).toEqual(["/t/acme"]);
  });

  it("a page below a place belongs to it, and not to the overview above", () => {
    const sections = navigationOf(acme, owner);
    expect(itemOfPath(sections, "/t/acme/users/42")?.href).toBe("/t/acme/users");
    expect(itemOfPath(sections, "/t/acme")?.href).toBe("/t/acme");
  });
});

it("a slug that was made by hand cannot leave its place in an address", () => {
  expect(scopePath("../platform", "/users")).toBe("/t/..%2Fplatform/users");
});
