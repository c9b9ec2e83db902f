"use client";

import type { LucideIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useRef } from "react";

import { BulkBar } from "@/components/data-table/bulk-bar";
import { rememberTurn, usePreviousCursor } from "@/components/data-table/cursor-trail";
import type { DataTableColumn } from "@/components/data-table/data-table-column";
import { DataTableFooter } from "@/components/data-table/data-table-footer";
import { useDataTableModel } from "@/components/data-table/data-table-model";
import { type DataTableModel, DataTableRows } from "@/components/data-table/data-table-rows";
import { DataTableToolbar } from "@/components/data-table/data-table-toolbar";
import type { FilterField } from "@/components/data-table/filter-field";
import type { ListPage } from "@/components/data-table/list-page";
import { TableNotice } from "@/components/data-table/table-notice";
import type { TableSelection } from "@/components/data-table/table-selection";
import { useListState } from "@/components/data-table/use-list-state";
import { useTableKeys } from "@/components/data-table/use-table-keys";
import { usePreferences, useTablePreferences } from "@/components/layout/preferences-provider";
import type { ActionProblem } from "@/lib/ui/action-result";
import { cn } from "@/lib/ui/cn";
import type { Noun } from "@/lib/ui/format";
import type { ListDefinition } from "@/lib/ui/list-search-params";

/** Properties of a list. Functions make it a client component's child: a domain wraps it in its own table component. */
export type DataTableProps<Row extends object> = {
  list: ListDefinition;
  /** What the rows are: `{ one: "user", many: "users" }`. */
  noun: Noun;
  columns: readonly DataTableColumn<Row>[];
  page: ListPage<Row> | null;
  /** The problem of a failed load, shown in place of the rows; then `page` may be null. */
  problem?: ActionProblem | null;
  rowId: (row: Row) => string;
  /** The row in words, for the names of its checkbox and menu. */
  rowName: (row: Row) => string;
  /** The row's detail page. The whole row leads there. */
  rowHref?: (row: Row) => string;
  /** `DropdownMenuItem`s of the row's menu, or null for no menu. */
  rowMenu?: (row: Row) => ReactNode;
  /** False where the list has no `search` parameter. */
  searchable?: boolean;
  filterFields?: readonly FilterField[];
  /** Buttons of the bar that appears when rows are selected; without it rows cannot be selected. */
  bulkActions?: (selection: TableSelection<Row>) => ReactNode;
  isRowSelectable?: (row: Row) => boolean;
  /** What to say when nothing exists at all; that nothing matches is said by the table itself. */
  empty: { title: string; description?: string; icon?: LucideIcon; action?: ReactNode };
  /** How many there are altogether, as a phrase: "about 1.2 M". */
  total?: string;
  /** Stands at the end of the toolbar, for example an export. */
  toolbarEnd?: ReactNode;
  /** Stands between the toolbar and the rows, for example how fresh they are. */
  aboveRows?: ReactNode;
};

/** A list from the server: searched, filtered, sorted and paged in the database, its state in the URL. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { list, columns, page, problem, noun, filterFields = [], bulkActions } = props;
  const region = useRef<HTMLElement>(null);
  const router = useRouter();
  const state = useListState(list);
  const { preferences } = usePreferences();
  const table = useTablePreferences(list.id);
  const previous = usePreviousCursor(list.id, state.query, state.cursor);
  useTableKeys(region, preferences.shortcuts);

  const hiddenColumns =
    table.preferences.hiddenColumns ?? columns.filter((column) => column.hiddenByDefault).map((column) => column.id);
  const rows = page?.data ?? [];
  const model = useDataTableModel({
    rows,
    columns,
    rowId: props.rowId,
    selectable: bulkActions === undefined ? false : (props.isRowSelectable ?? true),
    hiddenColumns,
    sort: state.sort,
    onSortChange: state.setSort,
  });
  const refresh = () => state.startTransition(() => router.refresh());
  const failed = problem !== null && problem !== undefined;
  const next = failed ? null : page?.nextCursor;
  const goNext = next
    ? () => {
        rememberTurn(list.id, state.query, { current: state.cursor, next });
        state.setCursor(next);
      }
    : undefined;

  return (
    <section ref={region} aria-label={noun.many} aria-busy={state.pending} className="flex flex-col gap-3">
      <DataTableToolbar
        noun={noun}
        state={state}
        columns={columns}
        fields={filterFields}
        searchable={props.searchable ?? true}
        hiddenColumns={hiddenColumns}
        table={table}
        onRefresh={refresh}
        end={props.toolbarEnd}
      />
      {props.aboveRows}
      <div
        className={cn(
          "transition-opacity duration-150 md:overflow-hidden md:rounded-lg md:border",
          state.pending && "opacity-60",
        )}
      >
        {failed || rows.length === 0 ? (
          <TableNotice
            noun={noun}
            problem={problem}
            state={state}
            empty={props.empty}
            onRetry={refresh}
            onNext={goNext}
          />
        ) : (
          <DataTableRows {...props} model={model} density={table.preferences.density} />
        )}
      </div>
      {failed || (rows.length === 0 && state.cursor === null) ? null : (
        <DataTableFooter
          noun={noun}
          count={rows.length}
          total={props.total}
          pageSize={state.limit ?? table.preferences.pageSize}
          onPageSizeChange={(pageSize) => {
            table.update({ pageSize });
            state.setLimit(pageSize);
          }}
          isFirst={state.cursor === null}
          knowsPrevious={previous !== undefined}
          onPrevious={() => state.setCursor(previous ?? null)}
          onNext={goNext}
          pending={state.pending}
        />
      )}
      <SelectionBar model={model} actions={bulkActions} />
    </section>
  );
}

type SelectionBarProps<Row extends object> = {
  model: DataTableModel<Row>;
  actions: DataTableProps<Row>["bulkActions"];
};

/** The bulk bar while rows of this page are selected. */
function SelectionBar<Row extends object>({ model, actions }: SelectionBarProps<Row>) {
  const selected = model.getSelectedRowModel().rows;
  if (!actions || selected.length === 0) return null;
  const clear = () => model.resetRowSelection(true);
  return (
    <BulkBar count={selected.length} onClear={clear}>
      {actions({ rows: selected.map((row) => row.original), ids: selected.map((row) => row.id), clear })}
    </BulkBar>
  );
}
