import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

/** Widths of the bars, so that a column of them does not look like a wall. */
const BARS = ["w-24", "w-16", "w-20", "w-28", "w-14"];

/** Properties of a list that is on its way. */
export type DataTableSkeletonProps = {
  /** Headings of the columns that will be there, the primary one first. */
  headings: readonly string[];
  rows?: number;
  selectable?: boolean;
  searchable?: boolean;
};

/** The shape of a list before its first rows are there: for a list page's `loading.tsx`. */
export function DataTableSkeleton({
  headings,
  rows = 12,
  selectable = false,
  searchable = true,
}: DataTableSkeletonProps) {
  return (
    <div role="status" aria-label={messages.common.loading} className="flex flex-col gap-3">
      <div className="flex h-8 items-center gap-2">
        {searchable ? <Skeleton className="h-8 w-full max-w-72" /> : null}
        <Skeleton className="h-8 w-20" />
        <Skeleton className="ml-auto h-8 w-20" />
      </div>
      <div className="overflow-hidden md:rounded-lg md:border" aria-hidden="true">
        <div className="flex h-9 items-center gap-6 bg-muted/60 px-3 max-md:hidden">
          {selectable ? <span className="size-4" /> : null}
          {headings.map((heading, position) => (
            <span key={heading} className={cn("font-medium text-muted-foreground text-xs", widthOf(position))}>
              {heading}
            </span>
          ))}
        </div>
        <div className="max-md:flex max-md:flex-col max-md:gap-2">
          {Array.from({ length: rows }, (_, row) => (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity.
              key={row}
              className="flex h-10.25 items-center gap-6 border-t px-3 max-md:h-32 max-md:items-start max-md:rounded-lg max-md:border max-md:pt-3"
            >
              {selectable ? <Skeleton className="size-4 rounded-[4px]" /> : null}
              {headings.map((heading, position) => (
                <span key={heading} className={cn(widthOf(position), position > 0 && "max-md:hidden")}>
                  {position === 0 ? (
                    <PrimaryBar />
                  ) : (
                    <Skeleton className={cn("h-3.5", BARS[(row + position) % BARS.length])} />
                  )}
                </span>
              ))}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

const widthOf = (position: number): string => (position === 0 ? "min-w-56 flex-2" : "min-w-0 flex-1");

function PrimaryBar() {
  return (
    <span className="flex items-center gap-2.5">
      <Skeleton className="size-7 rounded-full" />
      <span className="flex flex-col gap-1.5">
        <Skeleton className="h-3 w-28" />
        <Skeleton className="h-2.5 w-40" />
      </span>
    </span>
  );
}
