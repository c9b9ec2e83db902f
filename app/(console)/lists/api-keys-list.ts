import type { ListDefinition } from "@/lib/ui/list-search-params";

/** What may stand in the URL of the list of API keys. */
export const apiKeysList: ListDefinition = {
  id: "api-keys",
  sortKeys: ["createdAt"],
  defaultSort: "-createdAt",
  filters: ["status", "tenant"],
};
