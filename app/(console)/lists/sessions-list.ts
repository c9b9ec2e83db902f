import { createLoader, parseAsStringLiteral, type SearchParams } from "nuqs/server";

import { sessionStatuses } from "@/lib/sessions/schemas";
import { sessionFilterFields } from "@/lib/sessions/session-filter";
import type { ListDefinition } from "@/lib/ui/list-search-params";

/** What may stand in the URL of the list of sessions across users. */
export const sessionsList: ListDefinition = {
  id: "sessions",
  sortKeys: ["createdAt", "lastSeenAt", "expiresAt"],
  defaultSort: "-createdAt",
  filters: [
    "userId",
    "role",
    "tenant",
    "ip",
    "country",
    "device",
    "browser",
    "os",
    "method",
    "authenticationLevel",
    "createdAfter",
    "createdBefore",
    "idleSince",
    "impersonated",
  ],
};

/** What may stand in the URL of the sessions of one user. */
export const userSessionsList: ListDefinition = {
  ...sessionsList,
  id: "user-sessions",
  filters: sessionsList.filters.filter((name) => name !== "userId" && name !== "role"),
};

const load = createLoader({ status: parseAsStringLiteral(sessionStatuses).withDefault("active") });

/** Which sessions the URL asks for: live ones unless it says otherwise. */
export const loadSessionsView = async (searchParams: Promise<SearchParams>) => (await load(searchParams)).status;

/** The part of a list's input that says which sessions are meant, as a preview and a receipt have it. */
export function sessionFilterOf(input: Record<string, unknown>): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(input).filter(
      (entry): entry is [string, string | number | boolean] =>
        entry[0] in sessionFilterFields && ["string", "number", "boolean"].includes(typeof entry[1]),
    ),
  );
}

/** What a saved view keeps of what is shown: the filter, and the order and status where they are not the usual ones. */
export function shownView(input: Record<string, unknown>, status: (typeof sessionStatuses)[number]) {
  const { sort } = input;
  return {
    ...sessionFilterOf(input),
    ...(status === "active" ? {} : { status }),
    ...(typeof sort !== "string" || sort === sessionsList.defaultSort ? {} : { sort }),
  };
}
