import { createLoader, parseAsString, type SearchParams } from "nuqs/server";

import type { ListDefinition } from "@/lib/ui/list-search-params";

/** What may stand in the URL of the audit log; it is always newest first. */
export const auditList: ListDefinition = {
  id: "audit",
  sortKeys: [],
  defaultSort: "",
  filters: ["action", "actor", "target", "outcome", "tenant", "ip", "requestId", "from", "to"],
};

/** What may stand in the URL of the events about one user. */
export const userEventsList: ListDefinition = {
  ...auditList,
  id: "user-events",
  filters: auditList.filters.filter((name) => name !== "target"),
};

const load = createLoader({ event: parseAsString });

/** The event that the URL opens beside the log, or null. */
export const loadOpenEvent = async (searchParams: Promise<SearchParams>): Promise<string | null> =>
  (await load(searchParams)).event;
