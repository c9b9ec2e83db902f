import { expect, it } from "vitest";
import { actsOf } from "@/components/tenants/tenant-actions";
import { findTenantProblems, suggestSlug } from "@/components/tenants/tenant-fields";

it("proposes a short name that its own check accepts, or none", () => {
  expect(["Müller & Söhne", "  Acme, Inc. ", "ACME--2", "株式会社"].map(suggestSlug)).toEqual([
    "muller-sohne",
    "acme-inc",
    "acme-2",
    "",
  ]);
  const long = suggestSlug(`${"a".repeat(59)} b`);
  expect(long).toBe("a".repeat(59));
  expect(findTenantProblems({ name: "A", slug: long })).toEqual({ name: undefined, slug: undefined });
});

it("refuses a short name that addresses could not carry", () => {
  for (const slug of ["", "a", "A-b", "a--b", "-a", "a_b", "a".repeat(61)]) {
    expect(findTenantProblems({ name: "A", slug }).slug, slug).toBeDefined();
  }
});

it("offers a tenant only what its state allows, deletion last", () => {
  expect(actsOf({ status: "active" })).toEqual(["suspend", "rename", "remove"]);
  expect(actsOf({ status: "suspended" })).toEqual(["resume", "rename", "remove"]);
  expect(actsOf({ status: "deleting" })).toEqual(["restore", "rename"]);
});
