"use client";

import { RotateCwIcon, SearchIcon, XIcon } from "lucide-react";
import type { ReactNode } from "react";

import type { DataTableColumn } from "@/components/data-table/data-table-column";
import { FilterBar } from "@/components/data-table/filter-bar";
import type { FilterField } from "@/components/data-table/filter-field";
import { SortMenu } from "@/components/data-table/sort-menu";
import type { ListState } from "@/components/data-table/use-list-state";
import { ViewMenu } from "@/components/data-table/view-menu";
import type { TablePreferencesHandle } from "@/components/layout/preferences-provider";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { Tooltip } from "@/components/ui/tooltip";
import { cn } from "@/lib/ui/cn";
import type { Noun } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.table;

type DataTableToolbarProps<Row> = {
  noun: Noun;
  state: ListState;
  columns: readonly DataTableColumn<Row>[];
  fields: readonly FilterField[];
  searchable: boolean;
  hiddenColumns: readonly string[];
  table: TablePreferencesHandle;
  onRefresh: () => void;
  end: ReactNode;
};

/** Search, filters, what is shown, and a fresh look. */
export function DataTableToolbar<Row>(props: DataTableToolbarProps<Row>) {
  const { noun, state, columns, fields, searchable, hiddenColumns, table, onRefresh, end } = props;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {searchable ? <SearchField noun={noun} value={state.typed} onChange={state.setSearch} /> : null}
      {fields.length > 0 ? <FilterBar fields={fields} state={state} /> : null}
      <div className="ml-auto flex items-center gap-2 max-md:w-full max-md:flex-wrap">
        <SortMenu columns={columns} sort={state.sort} onSortChange={state.setSort} />
        <ViewMenu columns={columns} hiddenColumns={hiddenColumns} table={table} />
        <Tooltip label={text.refresh}>
          <Button variant="outline" size="icon-sm" onClick={onRefresh} aria-label={text.refresh}>
            <RotateCwIcon className={cn(state.pending && "animate-spin")} aria-hidden="true" />
          </Button>
        </Tooltip>
        {end}
      </div>
    </div>
  );
}

function SearchField({ noun, value, onChange }: { noun: Noun; value: string; onChange: (value: string) => void }) {
  return (
    <div className="relative w-full md:w-72">
      <SearchIcon
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted-foreground"
      />
      <Input
        data-table-search=""
        type="text"
        inputMode="search"
        enterKeyHint="search"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        placeholder={text.search(noun)}
        aria-label={text.searchLabel(noun)}
        autoComplete="off"
        spellCheck={false}
        className="h-9 pr-9 pl-8 md:h-8 md:text-[13px]"
      />
      {value === "" ? (
        <Kbd aria-hidden="true" className="absolute top-1/2 right-1.5 -translate-y-1/2 max-md:hidden">
          /
        </Kbd>
      ) : (
        <Button
          variant="ghost"
          size="icon-xs"
          className="absolute top-1/2 right-1 -translate-y-1/2 text-muted-foreground"
          onClick={() => onChange("")}
          aria-label={text.clearSearch}
        >
          <XIcon aria-hidden="true" />
        </Button>
      )}
    </div>
  );
}
