"use client";

import { Settings2Icon } from "lucide-react";

import type { DataTableColumn } from "@/components/data-table/data-table-column";
import type { TablePreferencesHandle } from "@/components/layout/preferences-provider";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { messages } from "@/lib/ui/messages";

const text = messages.table;

type ViewMenuProps<Row> = {
  columns: readonly DataTableColumn<Row>[];
  hiddenColumns: readonly string[];
  table: TablePreferencesHandle;
};

/** Which columns are shown and how high a row is; remembered for this list in this browser. */
export function ViewMenu<Row>({ columns, hiddenColumns, table }: ViewMenuProps<Row>) {
  const toggle = (id: string, shown: boolean) =>
    table.update({ hiddenColumns: shown ? hiddenColumns.filter((hidden) => hidden !== id) : [...hiddenColumns, id] });
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" size="sm">
          <Settings2Icon aria-hidden="true" />
          {text.view}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel className="max-md:hidden">{text.density.label}</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          className="max-md:hidden"
          value={table.preferences.density}
          onValueChange={(density) => table.update({ density: density === "compact" ? "compact" : "comfortable" })}
        >
          <DropdownMenuRadioItem value="comfortable" onSelect={(event) => event.preventDefault()}>
            {text.density.comfortable}
          </DropdownMenuRadioItem>
          <DropdownMenuRadioItem value="compact" onSelect={(event) => event.preventDefault()}>
            {text.density.compact}
          </DropdownMenuRadioItem>
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator className="max-md:hidden" />
        <DropdownMenuLabel>{text.columns}</DropdownMenuLabel>
        {columns
          .filter((column) => !column.primary)
          .map((column) => (
            <DropdownMenuCheckboxItem
              key={column.id}
              checked={!hiddenColumns.includes(column.id)}
              onCheckedChange={(checked) => toggle(column.id, checked)}
              onSelect={(event) => event.preventDefault()}
            >
              {column.label}
            </DropdownMenuCheckboxItem>
          ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
