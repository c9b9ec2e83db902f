import {
  createLoader,
  createParser,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
  type SearchParams,
} from "nuqs/server";

import { PAGE_SIZES } from "@/lib/ui/page-size";

/**
 * What may stand in the URL of one list page. Plain data, so that a page on the server and the table in the
 * browser share it as a prop. `id` names the remembered preferences; a sort is a key, or `-key` for descending.
 */
export type ListDefinition = {
  id: string;
  sortKeys: readonly string[];
  defaultSort: string;
  filters: readonly string[];
};

/** The state of a list as the URL has it. `limit` is null while the person's remembered page size decides. */
export type ListParams = {
  search: string;
  sort: string;
  limit: number | null;
  cursor: string | null;
  filters: Record<string, string>;
};

/** An empty value is no filter: `?status=` means the same as no `status` at all. */
const parseAsFilter = createParser({ parse: (value) => (value === "" ? null : value), serialize: String });

/** The URL parsers of a list, the same ones for the server's loader and the table's hooks. */
export const listParsers = (list: ListDefinition) => ({
  search: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(list.sortKeys.flatMap((key) => [key, `-${key}`])).withDefault(list.defaultSort),
  limit: parseAsNumberLiteral(PAGE_SIZES),
  cursor: parseAsString,
});

/** The URL parsers of a list's filters, one string each; the operation's own schema decides what they mean. */
export const filterParsers = (list: ListDefinition) =>
  Object.fromEntries(list.filters.map((name) => [name, parseAsFilter] as const));

/** Reads the state of a list from a page's `searchParams`; unknown sorts and sizes fall back to the defaults. */
export async function loadListParams(list: ListDefinition, searchParams: Promise<SearchParams>): Promise<ListParams> {
  const raw = await searchParams;
  const base = createLoader(listParsers(list))(raw);
  const filters = createLoader(filterParsers(list))(raw);
  return { ...base, filters: withoutEmpty(filters) };
}

function withoutEmpty(values: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== ""),
  );
}
