"use client";

import { PlusIcon } from "lucide-react";
import { useState } from "react";

import { FilterChip } from "@/components/data-table/filter-chip";
import { FilterEditor } from "@/components/data-table/filter-editor";
import type { FilterField } from "@/components/data-table/filter-field";
import type { ListState } from "@/components/data-table/use-list-state";
import { Button } from "@/components/ui/button";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { messages } from "@/lib/ui/messages";

const text = messages.table;

/** The filters in force as chips, and the way to add one. */
export function FilterBar({ fields, state }: { fields: readonly FilterField[]; state: ListState }) {
  const active = fields.flatMap((field) =>
    field.operators.flatMap((operator) => {
      const value = state.filters[operator.parameter];
      return value === undefined ? [] : [{ field, operator, value }];
    }),
  );
  return (
    <>
      {active.map((filter) => (
        <FilterChip key={filter.operator.parameter} {...filter} onChange={state.setFilter} />
      ))}
      <AddFilter fields={fields} onChange={state.setFilter} />
      {active.length > 1 ? (
        <Button variant="ghost" size="sm" className="text-muted-foreground" onClick={state.clear}>
          {text.clearFilters}
        </Button>
      ) : null}
    </>
  );
}

function AddFilter({ fields, onChange }: { fields: readonly FilterField[]; onChange: ListState["setFilter"] }) {
  const [open, setOpen] = useState(false);
  const [field, setField] = useState<FilterField | null>(null);
  const toggle = (next: boolean) => {
    setOpen(next);
    if (next) setField(null);
  };
  return (
    <Popover open={open} onOpenChange={toggle}>
      <PopoverTrigger asChild>
        <Button variant="outline" size="sm" className="border-dashed">
          <PlusIcon aria-hidden="true" />
          {text.filter}
        </Button>
      </PopoverTrigger>
      <PopoverContent className="p-0" aria-label={field?.label ?? text.filterBy}>
        {field === null ? (
          <FieldList fields={fields} onChoose={setField} />
        ) : (
          <FilterEditor
            field={field}
            operator={field.operators[0]}
            value=""
            onApply={(parameter, value) => {
              toggle(false);
              onChange(parameter, value);
            }}
          />
        )}
      </PopoverContent>
    </Popover>
  );
}

function FieldList({ fields, onChoose }: { fields: readonly FilterField[]; onChoose: (field: FilterField) => void }) {
  return (
    <Command label={text.filterBy}>
      <CommandInput placeholder={text.filterBy} autoFocus />
      <CommandList>
        <CommandEmpty>{text.noField}</CommandEmpty>
        <CommandGroup>
          {fields.map((field) => (
            <CommandItem key={field.id} value={field.label} onSelect={() => onChoose(field)}>
              {field.icon ? <field.icon aria-hidden="true" /> : null}
              {field.label}
            </CommandItem>
          ))}
        </CommandGroup>
      </CommandList>
    </Command>
  );
}
