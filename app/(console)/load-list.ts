import { cookies } from "next/headers";
import type { SearchParams } from "nuqs/server";
import type { z } from "zod";

import { pageResult } from "@/lib/http/page-query";
import { coerceQuery } from "@/lib/http/query-input";
import type { Query } from "@/lib/operations/define-operation";
import { type ListDefinition, loadListParams } from "@/lib/ui/list-search-params";
import { parsePreferences, tablePreferencesOf } from "@/lib/ui/preferences";
import { PREFERENCES_COOKIE } from "@/lib/ui/preferences-cookie";

/** Where a list's input comes from: its URL, and what the page itself adds. */
export type ListSource = {
  list: ListDefinition;
  /** Names the tenant, where the page stands in one. */
  params: Promise<{ tenantSlug?: string }>;
  searchParams: Promise<SearchParams>;
  /** Fields that the page fixes, such as the user whose sessions are listed; they win over the URL. */
  input?: Record<string, unknown>;
};

/** The page of a list that its URL asks for, in the size the person prefers: the rows, or the problem to show in place. */
export async function loadList<Input extends z.ZodType, Output extends z.ZodType>(
  query: Query<Input, Output>,
  source: ListSource,
) {
  const { tenantSlug } = await source.params;
  const input = await readListInput(query, source);
  return pageResult(query, { params: Promise.resolve({ tenantSlug }), input });
}

/** What `loadList` asks for, in the types of the operation's input: for a list that reads its page again by itself. */
export async function readListInput(
  query: Query<z.ZodType, z.ZodType>,
  { list, searchParams, input = {} }: ListSource,
): Promise<Record<string, unknown>> {
  const { search, sort, limit, cursor, filters } = await loadListParams(list, searchParams);
  const preferences = parsePreferences((await cookies()).get(PREFERENCES_COOKIE)?.value);
  return {
    ...coerceQuery(query.input, filters),
    ...(search === "" ? {} : { search }),
    ...(list.sortKeys.length === 0 ? {} : { sort }),
    ...(cursor === null ? {} : { cursor }),
    limit: limit ?? tablePreferencesOf(preferences, list.id).pageSize,
    ...input,
  };
}
