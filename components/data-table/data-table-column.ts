import type { ReactNode } from "react";

/** One column of a list, as a domain supplies it. */
export type DataTableColumn<Row> = {
  /** Stable name: remembered in the preferences when hidden. */
  id: string;
  /** Heading; also the label of the value on a phone's card. */
  label: string;
  cell: (row: Row) => ReactNode;
  /** Key of `ListDefinition.sortKeys`; the heading sorts only when given. */
  sortKey?: string;
  /** First direction on click: times and counts start `desc`, names `asc` (the default). */
  sortFirst?: "asc" | "desc";
  align?: "start" | "end";
  /** Tailwind width of the column, for example `w-40`; without it the column shares what is left. */
  width?: string;
  /** The primary column cannot be hidden, carries the row's link and is the title of a phone's card. One per table. */
  primary?: boolean;
  /** Hidden until the person turns it on in the columns menu. */
  hiddenByDefault?: boolean;
  /** Not shown on a phone's card. */
  hiddenOnPhone?: boolean;
};
