"use client";

import { XIcon } from "lucide-react";
import { useState } from "react";

import { FilterEditor } from "@/components/data-table/filter-editor";
import type { FilterField, FilterOperator } from "@/components/data-table/filter-field";
import type { ListState } from "@/components/data-table/use-list-state";
import { valueInWords } from "@/components/data-table/value-in-words";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { messages } from "@/lib/ui/messages";

const text = messages.table;
const partClasses =
  "flex h-full min-w-0 items-center gap-1 outline-none transition-colors duration-150 hover:bg-accent focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-inset";

type FilterChipProps = {
  field: FilterField;
  operator: FilterOperator;
  value: string;
  onChange: ListState["setFilter"];
};

/** One filter in force: press it to change it, press the cross to take it away. */
export function FilterChip({ field, operator, value, onChange }: FilterChipProps) {
  const [open, setOpen] = useState(false);
  const label = `${field.label} ${operator.label} ${valueInWords(field, value)}`;
  const apply = (parameter: string, next: string) => {
    setOpen(false);
    if (parameter !== operator.parameter) onChange(operator.parameter, null);
    onChange(parameter, next);
  };
  return (
    <div className="flex h-8 max-w-full items-stretch overflow-hidden rounded-md border border-input bg-background text-[13px] shadow-xs dark:bg-input/20">
      <Popover open={open} onOpenChange={setOpen}>
        <PopoverTrigger className={`${partClasses} rounded-l-md px-2.5`} aria-label={text.editFilter(label)}>
          <span className="whitespace-nowrap text-muted-foreground">
            {field.label} {operator.label}
          </span>
          <span className="truncate font-medium">{valueInWords(field, value)}</span>
        </PopoverTrigger>
        <PopoverContent className="p-0" aria-label={field.label}>
          <FilterEditor field={field} operator={operator} value={value} onApply={apply} />
        </PopoverContent>
      </Popover>
      <button
        type="button"
        className={`${partClasses} w-7 shrink-0 justify-center rounded-r-md border-l text-muted-foreground`}
        onClick={() => onChange(operator.parameter, null)}
        aria-label={text.removeFilter(label)}
      >
        <XIcon className="size-3.5" aria-hidden="true" />
      </button>
    </div>
  );
}
