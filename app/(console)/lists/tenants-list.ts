import type { ListDefinition } from "@/lib/ui/list-search-params";

/** What may stand in the URL of the list of tenants. */
export const tenantsList: ListDefinition = {
  id: "tenants",
  sortKeys: ["createdAt", "name"],
  defaultSort: "-createdAt",
  filters: ["status"],
};
