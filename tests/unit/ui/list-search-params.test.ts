import { describe, expect, it } from "vitest";

import { type ListDefinition, loadListParams } from "@/lib/ui/list-search-params";

const users: ListDefinition = {
  id: "users",
  sortKeys: ["name", "createdAt"],
  defaultSort: "-createdAt",
  filters: ["status", "createdAfter"],
};
const load = (searchParams: Record<string, string | string[]>) => loadListParams(users, Promise.resolve(searchParams));

describe("the URL of a list", () => {
  it("an empty URL is the default order, the first page, and the remembered page size", async () => {
    expect(await load({})).toEqual({ search: "", sort: "-createdAt", limit: null, cursor: null, filters: {} });
  });

  it("an unknown sort or page size falls back instead of failing", async () => {
    expect(await load({ sort: "password", limit: "100000" })).toMatchObject({ sort: "-createdAt", limit: null });
  });

  it("declared filters are read; undeclared and empty ones are not", async () => {
    const { filters } = await load({ status: "locked", createdAfter: "", role: "owner" });
    expect(filters).toEqual({ status: "locked" });
  });

  it("a repeated parameter counts once", async () => {
    expect(await load({ search: ["ada", "bob"], status: ["locked", "active"] })).toMatchObject({
      search: "ada",
      filters: { status: "locked" },
    });
  });
});
