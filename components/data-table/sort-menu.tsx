"use client";

import { ArrowDownUpIcon } from "lucide-react";

import type { DataTableColumn } from "@/components/data-table/data-table-column";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { messages } from "@/lib/ui/messages";

const text = messages.table;

type SortMenuProps<Row> = {
  columns: readonly DataTableColumn<Row>[];
  sort: string;
  onSortChange: (sort: string) => void;
};

/** The order of the rows where there are no headings to press: on phones. */
export function SortMenu<Row>({ columns, sort, onSortChange }: SortMenuProps<Row>) {
  const choices = columns.flatMap((column) => {
    if (!column.sortKey) return [];
    const ascending = { value: column.sortKey, label: `${column.label}, ${text.ascending}` };
    const descending = { value: `-${column.sortKey}`, label: `${column.label}, ${text.descending}` };
    return column.sortFirst === "desc" ? [descending, ascending] : [ascending, descending];
  });
  if (choices.length === 0) return null;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" size="sm" className="md:hidden">
          <ArrowDownUpIcon aria-hidden="true" />
          {text.sort}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuRadioGroup value={sort} onValueChange={onSortChange}>
          {choices.map((choice) => (
            <DropdownMenuRadioItem key={choice.value} value={choice.value}>
              {choice.label}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
