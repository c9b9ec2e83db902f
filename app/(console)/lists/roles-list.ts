import type { ListDefinition } from "@/lib/ui/list-search-params";

/** What may stand in the URL of the list of roles. */
export const rolesList: ListDefinition = {
  id: "roles",
  sortKeys: ["rank", "name"],
  defaultSort: "-rank",
  filters: [],
};
