import { useSyncExternalStore } from "react";

/**
 * The way back through a list. A keyset cursor only leads forward, so each turn of the page remembers where it came
 * from, in the tab's session storage: the URL stays short and can be shared, and a reload keeps the way. A link that
 * was opened cold has no way back; "previous" is then the first page. The browser's own Back works as well.
 */
type Trail = { query: string; cursors: (string | null)[] };

const keyOf = (listId: string): string => `gatehouse.trail.${listId}`;
const noSubscription = () => () => {};

/** Remembers that `next` was reached from `current` within the list that `query` names. */
export function rememberTurn(listId: string, query: string, turn: { current: string | null; next: string }): void {
  const trail = readTrail(listId);
  const known = trail?.query === query ? trail.cursors : [];
  const here = known.indexOf(turn.current);
  const walked = here === -1 ? [turn.current] : known.slice(0, here + 1);
  try {
    window.sessionStorage.setItem(keyOf(listId), JSON.stringify({ query, cursors: [...walked, turn.next] }));
  } catch {
    // Without storage "previous" leads to the first page.
  }
}

/** The page before this one: a cursor, null for the first page, or undefined where the way back is not known. */
export function usePreviousCursor(listId: string, query: string, cursor: string | null): string | null | undefined {
  const stored = useSyncExternalStore(
    noSubscription,
    () => previousOf(listId, query, cursor),
    () => undefined,
  );
  return stored;
}

function previousOf(listId: string, query: string, cursor: string | null): string | null | undefined {
  const trail = readTrail(listId);
  if (cursor === null || trail?.query !== query) return undefined;
  const here = trail.cursors.indexOf(cursor);
  return here > 0 ? trail.cursors[here - 1] : undefined;
}

function readTrail(listId: string): Trail | null {
  try {
    const stored: unknown = JSON.parse(window.sessionStorage.getItem(keyOf(listId)) ?? "null");
    return isTrail(stored) ? stored : null;
  } catch {
    return null;
  }
}

function isTrail(value: unknown): value is Trail {
  return (
    typeof value === "object" &&
    value !== null &&
    "query" in value &&
    "cursors" in value &&
    Array.isArray(value.cursors)
  );
}
