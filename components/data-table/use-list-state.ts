"use client";

import { debounce, useQueryStates } from "nuqs";
import { useEffect, useMemo, useTransition } from "react";

import { filterParsers, type ListDefinition, listParsers } from "@/lib/ui/list-search-params";

const SEARCH_PAUSE_MS = 250;

/** A list's state in the URL, and the ways to change it. Every change but a turn of the page starts at the first page. */
export type ListState = ReturnType<typeof useListState>;

/**
 * Reads and writes the URL of a list. Each change asks the server anew inside a transition, so the rows on screen stay
 * until their successors are there; `pending` is true in between.
 */
export function useListState(list: ListDefinition) {
  const [pending, startTransition] = useTransition();
  const parsers = useMemo(() => ({ base: listParsers(list), filters: filterParsers(list) }), [list]);
  const options = { shallow: false, startTransition, history: "push" } as const;
  const [base, setBase] = useQueryStates(parsers.base, options);
  const [filters, setFilters] = useQueryStates(parsers.filters, options);
  useLinksDropWrites();
  const active = Object.entries(filters).filter((entry): entry is [string, string] => entry[1] !== null);

  const setFilter = (parameter: string, value: string | null) => {
    void setFilters({ [parameter]: value });
    void setBase({ cursor: null });
  };
  return {
    ...base,
    pending,
    startTransition,
    filters: Object.fromEntries(active),
    /** Whether anything narrows the list, so that an empty page means "nothing matches". */
    narrowed: active.length > 0 || base.search !== "",
    /** Names the list without its page: two states with the same text differ only in the cursor. */
    query: new URLSearchParams([
      ...active,
      ["search", base.search],
      ["sort", base.sort],
      ["limit", String(base.limit)],
    ]).toString(),
    setSearch: (search: string) =>
      void setBase(
        { search: search === "" ? null : search, cursor: null },
        { history: "replace", limitUrlUpdates: debounce(search === "" ? 0 : SEARCH_PAUSE_MS) },
      ),
    setSort: (sort: string) => void setBase({ sort, cursor: null }),
    setLimit: (limit: 25 | 50 | 100) => void setBase({ limit, cursor: null }),
    setCursor: (cursor: string | null) => void setBase({ cursor }),
    setFilter,
    /** Takes every filter and the search away; the sort stays. */
    clear: () => {
      void setFilters(Object.fromEntries(list.filters.map((name) => [name, null])));
      void setBase({ search: null, cursor: null });
    },
  };
}

// What still waits to be written to the URL would come after a navigation that has begun, and undo it. nuqs forgets it at
// any write to the history that is not its own; this one changes nothing.
function useLinksDropWrites(): void {
  useEffect(() => {
    const drop = (event: MouseEvent) => {
      const isElsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey;
      if (isElsewhere || !(event.target instanceof Element) || !event.target.closest("a[href]")) return;
      history.replaceState(history.state, "", location.href);
    };
    document.addEventListener("click", drop, { capture: true });
    return () => document.removeEventListener("click", drop, { capture: true });
  }, []);
}
