import type { ReactNode } from "react";

import { cn } from "@/lib/ui/cn";

/** A row of figures: what they are of, and the figures in the order of the headings. */
export type FiguresRow = { key: string; name: ReactNode; figures: readonly string[] };

/** Properties of a table of figures. */
export type FiguresTableProps = {
  /** Heads the names. */
  nameHeading: string;
  /** Head the figures; no two are the same. */
  headings: readonly string[];
  rows: readonly FiguresRow[];
  className?: string;
};

/** Figures beside their names, in a part of a page. */
export function FiguresTable({ nameHeading, headings, rows, className }: FiguresTableProps) {
  return (
    <table className={cn("w-full text-[13px] tabular-nums", className)}>
      <thead>
        <tr className="text-muted-foreground text-xs [&>th]:py-1 [&>th]:font-medium">
          <th scope="col" className="text-start">
            {nameHeading}
          </th>
          {headings.map((heading) => (
            <th key={heading} scope="col" className="ps-3 text-end">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y">
        {rows.map(({ key, name, figures }) => (
          <tr key={key} className="[&>td]:py-1 [&>td]:text-end">
            <th scope="row" className="max-w-40 truncate text-start font-normal">
              {name}
            </th>
            {headings.map((heading, index) => (
              <td key={heading}>{figures[index]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
