"use client";

import { useQueryStates } from "nuqs";
import { useEffect, useMemo, useRef, useState, useTransition } from "react";

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
  const { typed, type, forget } = useTypedSearch((search) =>
    setBase({ search: search === "" ? null : search, cursor: null }, { history: "replace" }),
  );
  const active = Object.entries(filters).filter((entry): entry is [string, string] => entry[1] !== null);

  const setFilter = (parameter: string, value: string | null) => {
    void setFilters({ [parameter]: value });
    void setBase({ cursor: null });
  };
  return {
    ...base,
    /** What the search field shows: ahead of the URL while somebody types. */
    typed: typed ?? base.search,
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
    setSearch: type,
    setSort: (sort: string) => void setBase({ sort, cursor: null }),
    setLimit: (limit: 25 | 50 | 100) => void setBase({ limit, cursor: null }),
    setCursor: (cursor: string | null) => void setBase({ cursor }),
    setFilter,
    /** Takes every filter and the search away; the sort stays. */
    clear: () => {
      forget();
      void setFilters(Object.fromEntries(list.filters.map((name) => [name, null])));
      void setBase({ search: null, cursor: null });
    },
  };
}

/**
 * Text that is written once nobody has typed for a moment. A link that is followed first wins: a write that came after it
 * would undo the navigation.
 */
function useTypedSearch(write: (text: string) => unknown) {
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const type = (text: string) => {
    clearTimeout(timer.current);
    setTyped(text);
    timer.current = setTimeout(
      () => {
        setTyped(null);
        write(text);
      },
      text === "" ? 0 : SEARCH_PAUSE_MS,
    );
  };
  const forget = () => {
    clearTimeout(timer.current);
    setTyped(null);
  };
  useEffect(() => {
    const drop = ({ target, button, ctrlKey, metaKey, shiftKey }: MouseEvent) => {
      const stays = button !== 0 || ctrlKey || metaKey || shiftKey;
      if (!stays && target instanceof Element && target.closest("a[href]")) clearTimeout(timer.current);
    };
    document.addEventListener("click", drop, { capture: true });
    return () => {
      document.removeEventListener("click", drop, { capture: true });
      clearTimeout(timer.current);
    };
  }, []);
  return { typed, type, forget };
}
