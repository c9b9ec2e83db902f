import type { ListPage } from "@/components/data-table/list-page";
import type { ActionProblem } from "@/lib/ui/action-result";

/** What a live list shows, and what it knows beyond that. */
export type LivePageState<Row> = {
  page: ListPage<Row> | null;
  /** When the rows were last read after the page was loaded, in epoch milliseconds. */
  readAt: number | null;
  /** A newer page that is held back so that no row moves under the pointer. */
  waiting: { page: ListPage<Row>; added: number; changed: boolean } | null;
  /** Why the last look failed: the rows are older than they should be. */
  problem: ActionProblem | null;
};

/** The state before the first look. */
export const startOf = <Row>(page: ListPage<Row> | null): LivePageState<Row> => ({
  page,
  readAt: null,
  waiting: null,
  problem: null,
});

type Look<Row> = { at: number; held: boolean; rowId: (row: Row) => string };

/** Takes a newer page in. Held, the rows on screen keep their places and take their newer values. */
export function mergePage<Row>(
  current: LivePageState<Row>,
  newer: ListPage<Row>,
  { at, held, rowId }: Look<Row>,
): LivePageState<Row> {
  const shown = current.page;
  if (!held || shown === null) return { page: newer, readAt: at, waiting: null, problem: null };
  const fresh = new Map(newer.data.map((row) => [rowId(row), row]));
  const ids = new Set(shown.data.map(rowId));
  const added = newer.data.filter((row) => !ids.has(rowId(row))).length;
  const changed = newer.data.length !== shown.data.length || newer.data.some((row, place) => !isAt(shown, place, row));
  return {
    page: { ...shown, data: shown.data.map((row) => fresh.get(rowId(row)) ?? row) },
    readAt: at,
    waiting: added > 0 || changed ? { page: newer, added, changed } : null,
    problem: null,
  };

  function isAt(page: ListPage<Row>, place: number, row: Row): boolean {
    const there = page.data[place];
    return there !== undefined && rowId(there) === rowId(row);
  }
}

/** Keeps the rows, and why they could not be read again. */
export const mergeFailure = <Row>(current: LivePageState<Row>, problem: ActionProblem): LivePageState<Row> => ({
  ...current,
  problem,
});

/** Lets in what was held back. */
export const showWaiting = <Row>(current: LivePageState<Row>): LivePageState<Row> =>
  current.waiting === null ? current : { ...current, page: current.waiting.page, waiting: null };
