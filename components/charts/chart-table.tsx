import type { ReactNode } from "react";

/** A row of a chart's table: which bar it is, in words, and the bar's numbers in the order of the headings. */
export type ChartTableRow = { key: string; name: ReactNode; figures: readonly string[] };

/** Properties of a chart's table. */
export type ChartTableProps = {
  /** What opens it. */
  summary: string;
  /** Heads the bars' names. */
  nameHeading: string;
  /** Head the numbers; no two are the same. */
  headings: readonly string[];
  /** The oldest first, as in the chart; the table has the newest first. */
  rows: readonly ChartTableRow[];
};

/** A chart's numbers, for those who want them; folded until then. */
export function ChartTable({ summary, nameHeading, headings, rows }: ChartTableProps) {
  return (
    <details className="text-[13px]">
      <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground text-xs outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring">
        {summary}
      </summary>
      <table className="mt-2 w-full text-[13px] tabular-nums">
        <thead>
          <tr className="text-muted-foreground text-xs [&>th]:py-1 [&>th]:font-medium">
            <th scope="col" className="text-start">
              {nameHeading}
            </th>
            {headings.map((heading) => (
              <th key={heading} scope="col" className="text-end">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y">
          {[...rows].reverse().map(({ key, name, figures }) => (
            <tr key={key} className="[&>td]:py-1 [&>td]:text-end">
              <th scope="row" className="text-start font-normal">
                {name}
              </th>
              {headings.map((heading, index) => (
                <td key={heading}>{figures[index]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
