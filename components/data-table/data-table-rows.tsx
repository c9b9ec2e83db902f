"use client";

import { EllipsisIcon } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

import type { DataTableProps } from "@/components/data-table/data-table";
import type { DataTableColumn } from "@/components/data-table/data-table-column";
import { DataTableHead } from "@/components/data-table/data-table-head";
import type { useDataTableModel } from "@/components/data-table/data-table-model";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from "@/components/ui/dropdown-menu";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";
import type { TablePreferences } from "@/lib/ui/preferences";

const text = messages.table;

/** The headless table that the rows are drawn from. */
export type DataTableModel<Row extends object> = ReturnType<typeof useDataTableModel<Row>>;

type DataTableRowsProps<Row extends object> = DataTableProps<Row> & {
  model: DataTableModel<Row>;
  density: TablePreferences["density"];
};

/**
 * The table itself. Below 768 px the same elements are laid out as cards: one document for every width, so nothing
 * is drawn twice and nothing moves when the page becomes interactive.
 */
export function DataTableRows<Row extends object>(props: DataTableRowsProps<Row>) {
  const { model, density, columns, noun } = props;
  const selectable = props.bulkActions !== undefined;
  return (
    <div className="md:overflow-x-auto">
      <table
        data-density={density}
        className="group/table w-full text-[13px] tabular-nums max-md:block"
        aria-label={noun.many}
      >
        <DataTableHead
          model={model}
          columns={columns}
          noun={noun}
          selectable={selectable}
          hasMenu={props.rowMenu !== undefined}
        />
        <tbody className="max-md:flex max-md:flex-col max-md:gap-2">
          {model.getRowModel().rows.map((row) => (
            <tr
              key={row.id}
              data-table-row=""
              data-state={row.getIsSelected() ? "selected" : undefined}
              tabIndex={-1}
              className={rowClasses}
            >
              {selectable ? (
                <td className="w-10 pl-3 align-middle max-md:row-start-1 max-md:w-auto max-md:pt-1.5 max-md:pr-3 max-md:pl-0">
                  <Checkbox
                    data-row-select=""
                    className="z-10 flex"
                    checked={row.getIsSelected()}
                    disabled={!row.getCanSelect()}
                    onChange={row.getToggleSelectedHandler()}
                    aria-label={text.selectRow(props.rowName(row.original))}
                  />
                </td>
              ) : null}
              {columns
                .filter((column) => model.getColumn(column.id)?.getIsVisible())
                .map((column) => (
                  <Cell key={column.id} column={column} row={row.original} href={props.rowHref?.(row.original)} />
                ))}
              {props.rowMenu ? (
                <td className="w-11 pr-2 text-end max-md:col-start-3 max-md:row-start-1 max-md:w-auto max-md:p-0 max-md:pl-3">
                  <RowMenu name={props.rowName(row.original)}>{props.rowMenu(row.original)}</RowMenu>
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

// Everything that can be pressed inside a row lies above the row's own link, which is stretched over the whole row.
const rowClasses = cn(
  "relative h-10 border-t outline-none transition-colors duration-150 has-[a[data-row-focus]]:hover:bg-muted/70 data-[state=selected]:bg-selected group-data-[density=compact]/table:h-8",
  "focus-within:bg-muted/70 [&_a:not([data-row-focus])]:relative [&_a:not([data-row-focus])]:z-10 [&_button]:relative [&_button]:z-10",
  "max-md:grid max-md:h-auto! max-md:grid-cols-[auto_minmax(0,1fr)_auto] max-md:items-start max-md:rounded-lg max-md:border max-md:bg-card max-md:p-3",
);

function Cell<Row>({ column, row, href }: { column: DataTableColumn<Row>; row: Row; href: string | undefined }) {
  if (column.primary) {
    return (
      <td className="px-3 py-0.5 max-md:col-start-2 max-md:row-start-1 max-md:mb-1.5 max-md:min-w-0 max-md:p-0">
        <PrimaryContent href={href}>{column.cell(row)}</PrimaryContent>
      </td>
    );
  }
  return (
    <td
      data-label={column.label}
      className={cn(
        "px-3 py-1",
        column.align === "end" && "md:text-end",
        column.hiddenOnPhone
          ? "max-md:hidden"
          : "max-md:col-span-full max-md:flex max-md:min-h-7 max-md:items-center max-md:justify-between max-md:gap-4 max-md:p-0 max-md:text-end max-md:before:shrink-0 max-md:before:text-muted-foreground max-md:before:content-[attr(data-label)]",
      )}
    >
      {column.cell(row)}
    </td>
  );
}

function PrimaryContent({ href, children }: { href: string | undefined; children: ReactNode }) {
  if (!href) return children;
  return (
    <Link
      href={href}
      prefetch={false}
      data-row-focus=""
      className="block min-w-0 outline-none after:absolute after:inset-0 focus-visible:after:rounded-sm focus-visible:after:ring-2 focus-visible:after:ring-ring focus-visible:after:ring-inset"
    >
      {children}
    </Link>
  );
}

function RowMenu({ name, children }: { name: string; children: ReactNode }) {
  if (children === null) return null;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon-xs" aria-label={text.rowMenu(name)} className="text-muted-foreground">
          <EllipsisIcon aria-hidden="true" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">{children}</DropdownMenuContent>
    </DropdownMenu>
  );
}
