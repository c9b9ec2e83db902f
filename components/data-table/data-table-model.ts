import {
  type ColumnDef,
  columnVisibilityFeature,
  rowSelectionFeature,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  type Updater,
  useTable,
} from "@tanstack/react-table";
import { useMemo } from "react";

import type { DataTableColumn } from "@/components/data-table/data-table-column";

/** Sorting, filtering and paging happen in the database: only what the browser decides is registered. */
export const dataTableFeatures = tableFeatures({ columnVisibilityFeature, rowSelectionFeature, rowSortingFeature });

type Features = typeof dataTableFeatures;
type ModelOptions<Row> = {
  rows: readonly Row[];
  columns: readonly DataTableColumn<Row>[];
  rowId: (row: Row) => string;
  selectable: boolean | ((row: Row) => boolean);
  hiddenColumns: readonly string[];
  sort: string;
  onSortChange: (sort: string) => void;
};

/** The headless table of a list: which columns show, what sorts, what is selected. */
export function useDataTableModel<Row extends object>(options: ModelOptions<Row>) {
  const { rows, columns, rowId, selectable, hiddenColumns, sort, onSortChange } = options;
  const definitions = useMemo(() => columns.map(toColumnDefinition), [columns]);
  const data = useMemo(() => [...rows], [rows]);
  const sorting = sortingOf(columns, sort);
  return useTable<Features, Row>({
    features: dataTableFeatures,
    columns: definitions,
    data: data,
    getRowId: rowId,
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
    enableRowSelection: typeof selectable === "function" ? (row) => selectable(row.original) : selectable,
    state: {
      sorting,
      columnVisibility: Object.fromEntries(hiddenColumns.map((id) => [id, false])),
    },
    onSortingChange: (updater) => {
      const [next] = resolve(updater, sorting);
      const key = columns.find((column) => column.id === next?.id)?.sortKey;
      if (next && key) onSortChange(next.desc ? `-${key}` : key);
    },
  });
}

function toColumnDefinition<Row extends object>(column: DataTableColumn<Row>): ColumnDef<Features, Row> {
  return {
    id: column.id,
    header: column.label,
    accessorFn: (row) => row,
    cell: ({ row }) => column.cell(row.original),
    enableSorting: column.sortKey !== undefined,
    sortDescFirst: column.sortFirst === "desc",
    enableHiding: column.primary !== true,
  };
}

function sortingOf<Row>(columns: readonly DataTableColumn<Row>[], sort: string): SortingState {
  const desc = sort.startsWith("-");
  const key = desc ? sort.slice(1) : sort;
  const column = columns.find((candidate) => candidate.sortKey === key);
  return column ? [{ id: column.id, desc }] : [];
}

const resolve = (updater: Updater<SortingState>, current: SortingState): SortingState =>
  typeof updater === "function" ? updater(current) : updater;
