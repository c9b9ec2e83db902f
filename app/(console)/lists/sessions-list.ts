import { createLoader, parseAsStringLiteral, type SearchParams } from "nuqs/server";

import { sessionStatuses } from "@/lib/sessions/schemas";
import type { ListDefinition } from "@/lib/ui/list-search-params";

/** What may stand in the URL of the list of sessions across users. */
export const sessionsList: ListDefinition = {
  id: "sessions",
  sortKeys: ["createdAt"],
  defaultSort: "-createdAt",
  filters: ["userId", "ip", "method", "tenant", "createdAfter", "createdBefore"],
};

/** What may stand in the URL of the sessions of one user. */
export const userSessionsList: ListDefinition = {
  ...sessionsList,
  id: "user-sessions",
  filters: sessionsList.filters.filter((name) => name !== "userId"),
};

const load = createLoader({ status: parseAsStringLiteral(sessionStatuses).withDefault("active") });

/** Which sessions the URL asks for: live ones unless it says otherwise. */
export const loadSessionsView = async (searchParams: Promise<SearchParams>) => (await load(searchParams)).status;
