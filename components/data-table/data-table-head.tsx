"use client";

import { ArrowDownIcon, ArrowUpIcon, ChevronsUpDownIcon } from "lucide-react";

import type { DataTableColumn } from "@/components/data-table/data-table-column";
import type { DataTableModel } from "@/components/data-table/data-table-rows";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/lib/ui/cn";
import type { Noun } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

type DataTableHeadProps<Row extends object> = {
  model: DataTableModel<Row>;
  columns: readonly DataTableColumn<Row>[];
  noun: Noun;
  selectable: boolean;
  hasMenu: boolean;
};

/** The headings; those that the database can sort by are buttons. */
export function DataTableHead<Row extends object>({
  model,
  columns,
  noun,
  selectable,
  hasMenu,
}: DataTableHeadProps<Row>) {
  const all = model.getIsAllPageRowsSelected();
  return (
    <thead className="bg-muted/60 max-md:sr-only">
      <tr>
        {selectable ? (
          <th scope="col" className="w-10 pl-3 max-md:hidden">
            <Checkbox
              className="flex"
              checked={all || (model.getIsSomePageRowsSelected() ? "indeterminate" : false)}
              onCheckedChange={(checked) => model.toggleAllPageRowsSelected(checked === true)}
              aria-label={messages.table.selectPage(noun)}
            />
          </th>
        ) : null}
        {columns
          .filter((column) => model.getColumn(column.id)?.getIsVisible())
          .map((column) => (
            <Heading key={column.id} model={model} column={column} />
          ))}
        {hasMenu ? (
          <th scope="col" className="w-11">
            <span className="sr-only">{messages.table.bulk}</span>
          </th>
        ) : null}
      </tr>
    </thead>
  );
}

function Heading<Row extends object>({ model, column }: { model: DataTableModel<Row>; column: DataTableColumn<Row> }) {
  const sortable = model.getColumn(column.id);
  const direction = sortable?.getIsSorted() ?? false;
  const end = column.align === "end";
  const Icon = direction === "asc" ? ArrowUpIcon : direction === "desc" ? ArrowDownIcon : ChevronsUpDownIcon;
  return (
    <th
      scope="col"
      aria-sort={direction === "asc" ? "ascending" : direction === "desc" ? "descending" : undefined}
      className={cn(
        "h-9 whitespace-nowrap px-3 text-start font-medium text-muted-foreground text-xs",
        end && "text-end",
        column.width,
      )}
    >
      {sortable?.getCanSort() ? (
        <button
          type="button"
          onClick={sortable.getToggleSortingHandler()}
          className={cn(
            "group/sort -mx-1.5 inline-flex h-7 items-center gap-1 rounded-md px-1.5 outline-none transition-colors duration-150 hover:bg-accent hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring",
            direction && "text-foreground",
          )}
        >
          {column.label}
          <Icon
            aria-hidden="true"
            className={cn(
              "size-3.5",
              !direction && "opacity-0 group-hover/sort:opacity-70 group-focus-visible/sort:opacity-70",
            )}
          />
        </button>
      ) : (
        column.label
      )}
    </th>
  );
}
