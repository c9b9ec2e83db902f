import { FiguresTable, type FiguresTableProps } from "@/components/charts/figures-table";

/** Properties of a chart's table: a row for each bar, the oldest first, as in the chart; the table has the newest first. */
export type ChartTableProps = Pick<FiguresTableProps, "nameHeading" | "headings" | "rows"> & {
  /** What opens it. */
  summary: string;
};

/** A chart's numbers, for those who want them; folded until then. */
export function ChartTable({ summary, rows, ...headings }: ChartTableProps) {
  return (
    <details className="text-[13px]">
      <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground text-xs outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring">
        {summary}
      </summary>
      <FiguresTable {...headings} rows={[...rows].reverse()} className="mt-2" />
    </details>
  );
}
