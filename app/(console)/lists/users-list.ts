import type { ListDefinition } from "@/lib/ui/list-search-params";

/** What may stand in the URL of the users list. */
export const usersList: ListDefinition = {
  id: "users",
  sortKeys: ["createdAt", "email", "name"],
  defaultSort: "-createdAt",
  filters: ["status", "role", "tenant", "emailVerified", "createdAfter", "createdBefore", "lastSeenBefore"],
};
