import type { ActionResult } from "@/lib/ui/action-result";

/** What is shown of a list: its filters, search, order and which rows, named as in its URL. */
export type ViewQuery = Readonly<Record<string, string | number | boolean>>;

/** A kept way to look at a list, as the bar above it shows one. */
export type ShownView = {
  id: string;
  name: string;
  /** Whether everybody who may read the list in this scope sees it. */
  shared: boolean;
  own: boolean;
  mayDelete: boolean;
  /** Who keeps it; null where their account is gone. */
  ownerName: string | null;
  query: ViewQuery;
};

/** The server actions on the views of one list and scope. */
export type SavedViewActions = {
  create: (input: { list: string; name: string; shared: boolean; query: ViewQuery }) => Promise<ActionResult<unknown>>;
  update: (input: {
    viewId: string;
    name?: string;
    shared?: boolean;
    query?: ViewQuery;
  }) => Promise<ActionResult<unknown>>;
  remove: (input: { viewId: string }) => Promise<ActionResult<unknown>>;
};

/** The address of a view: everything it shows, and its id, so that the bar knows it again once something is changed. */
export function viewHref({ id, query }: Pick<ShownView, "id" | "query">): string {
  const fields = Object.entries(query).map(([name, value]) => [name, String(value)]);
  return `?${new URLSearchParams([...fields, ["view", id]])}`;
}

/** Whether two queries show the same, in whatever order they say it. */
export function isSameQuery(one: ViewQuery, other: ViewQuery): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => one[name] === other[name]);
}
