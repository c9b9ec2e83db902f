import { createLoader, parseAsStringLiteral, type SearchParams } from "nuqs/server";

/** The parts of a user's page. */
export const userTabs = ["overview", "sessions", "activity", "access", "raw"] as const;

/** A member of `userTabs`. */
export type UserTab = (typeof userTabs)[number];

const load = createLoader({ tab: parseAsStringLiteral(userTabs).withDefault("overview") });

/** The part that the URL asks for. */
export const loadUserTab = async (searchParams: Promise<SearchParams>): Promise<UserTab> =>
  (await load(searchParams)).tab;
