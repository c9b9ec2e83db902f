import type { LucideIcon } from "lucide-react";

/** How a filter's value is given. Values are always strings, as they stand in the URL. */
export type FilterInput =
  | { kind: "choice"; options: readonly { value: string; label: string }[] }
  | {
      kind: "text";
      placeholder?: string;
      pattern?: string;
      hint?: string;
      /** Offered while typing; anything else may be typed as well. */
      suggestions?: readonly string[];
    }
  | { kind: "date" }
  /** A moment to the minute, in UTC; each preset is so many seconds before now. */
  | { kind: "moment"; presets: readonly { label: string; secondsAgo: number }[] };

/** A field that a person may filter by. Each operator is one query parameter of the list. */
export type FilterField = {
  id: string;
  label: string;
  icon?: LucideIcon;
  /** For example `[{ parameter: "createdAfter", label: "after" }, { parameter: "createdBefore", label: "before" }]`. */
  operators: readonly [FilterOperator, ...FilterOperator[]];
  input: FilterInput;
};

/** One way of comparing: the word between field and value, and the query parameter that carries the value. */
export type FilterOperator = { parameter: string; label: string };
