import type { ReactNode } from "react";

/** Properties of the cell that says what a row is. */
export type PrimaryCellProps = {
  /** An avatar or icon. */
  media?: ReactNode;
  title: ReactNode;
  subtitle?: ReactNode;
  /** Marks beside the title, for example "this one". */
  marks?: ReactNode;
};

/** Picture and two lines; one line where rows are compact. Long text is cut, right-to-left names keep their direction. */
export function PrimaryCell({ media, title, subtitle, marks }: PrimaryCellProps) {
  return (
    <span className="flex min-w-0 items-center gap-2.5 group-data-[density=compact]/table:[&>[data-slot=avatar]]:size-5 group-data-[density=compact]/table:[&>[data-slot=avatar]]:text-[9px]">
      {media}
      <span className="flex min-w-0 flex-col group-data-[density=compact]/table:flex-row group-data-[density=compact]/table:items-baseline group-data-[density=compact]/table:gap-2">
        <span className="flex min-w-0 items-center gap-1.5 leading-[1.15rem]">
          <bdi className="max-w-72 truncate font-medium">{title}</bdi>
          {marks ? <span className="-my-1 flex shrink-0 items-center gap-1">{marks}</span> : null}
        </span>
        {subtitle ? <bdi className="max-w-72 truncate text-muted-foreground text-xs leading-4">{subtitle}</bdi> : null}
      </span>
    </span>
  );
}
