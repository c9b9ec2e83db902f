"use client";

import { CheckIcon } from "lucide-react";
import { type FormEvent, useId, useState } from "react";

import type { FilterField, FilterOperator } from "@/components/data-table/filter-field";
import { MomentValue } from "@/components/data-table/moment-value";
import { Button } from "@/components/ui/button";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { toDayStart } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.table;

/** From this many choices on, a field to narrow them is worth its place. */
const CHOICES_SEARCHABLE = 8;

/** Properties of the editor of one filter. */
export type FilterEditorProps = {
  field: FilterField;
  operator: FilterOperator;
  /** The value in force, or empty for a new filter. */
  value: string;
  onApply: (parameter: string, value: string) => void;
};

/** Chooses how a field is compared and with what. */
export function FilterEditor(props: FilterEditorProps) {
  const { field, onApply } = props;
  const [operator, setOperator] = useState(props.operator);
  const choose = (parameter: string) => setOperator(field.operators.find((o) => o.parameter === parameter) ?? operator);
  return (
    <div className="flex flex-col">
      <div className="flex items-center gap-2 px-3 pt-3 pb-2">
        <span className="font-medium text-[13px]">{field.label}</span>
        {field.operators.length > 1 ? (
          <Select value={operator.parameter} onValueChange={choose}>
            <SelectTrigger size="sm" className="h-7" aria-label={field.label}>
              <SelectValue />
            </SelectTrigger>
            <SelectContent>
              {field.operators.map((candidate) => (
                <SelectItem key={candidate.parameter} value={candidate.parameter}>
                  {candidate.label}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        ) : (
          <span className="text-[13px] text-muted-foreground">{operator.label}</span>
        )}
      </div>
      <FilterValue {...props} onValue={(value) => onApply(operator.parameter, value)} />
    </div>
  );
}

function FilterValue({ onValue, ...props }: FilterEditorProps & { onValue: (value: string) => void }) {
  const { field, value } = props;
  if (field.input.kind === "choice") return <Choices {...props} onChoose={onValue} />;
  if (field.input.kind !== "moment") return <TypedValue {...props} onSubmit={onValue} />;
  return <MomentValue label={field.label} presets={field.input.presets} value={value} onSubmit={onValue} />;
}

function Choices({ field, value, onChoose }: FilterEditorProps & { onChoose: (value: string) => void }) {
  if (field.input.kind !== "choice") return null;
  const { options } = field.input;
  return (
    <Command label={field.label} defaultValue={options.find((option) => option.value === value)?.label}>
      {options.length >= CHOICES_SEARCHABLE ? (
        <CommandInput placeholder={field.label} autoFocus />
      ) : (
        // The list takes its keys from an input; a short list keeps it, unseen.
        <div className="sr-only">
          <CommandInput aria-label={field.label} autoFocus />
        </div>
      )}
      <CommandList>
        <CommandEmpty>{messages.common.none}</CommandEmpty>
        <CommandGroup>
          {options.map((option) => (
            <CommandItem key={option.value} value={option.label} onSelect={() => onChoose(option.value)}>
              {option.label}
              {option.value === value ? <CheckIcon className="ml-auto" aria-hidden="true" /> : null}
            </CommandItem>
          ))}
        </CommandGroup>
      </CommandList>
    </Command>
  );
}

function TypedValue({ field, value, onSubmit }: FilterEditorProps & { onSubmit: (value: string) => void }) {
  const hintId = useId();
  const suggestionsId = useId();
  const isDate = field.input.kind === "date";
  const [typed, setTyped] = useState(isDate ? value.slice(0, 10) : value);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const trimmed = typed.trim();
    if (trimmed !== "") onSubmit(isDate ? toDayStart(trimmed) : trimmed);
  };
  const hint = field.input.kind === "text" ? field.input.hint : messages.table.dayHint;
  const suggestions = field.input.kind === "text" ? field.input.suggestions : undefined;
  return (
    <form onSubmit={submit} className="flex flex-col gap-2 px-3 pb-3">
      <Input
        type={isDate ? "date" : "text"}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        aria-label={field.label}
        aria-describedby={hint ? hintId : undefined}
        placeholder={field.input.kind === "text" ? field.input.placeholder : undefined}
        pattern={field.input.kind === "text" ? field.input.pattern : undefined}
        list={suggestions ? suggestionsId : undefined}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        required
        className="h-8 md:text-[13px]"
      />
      {suggestions ? (
        <datalist id={suggestionsId}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      ) : null}
      {hint ? (
        <p id={hintId} className="text-muted-foreground text-xs">
          {hint}
        </p>
      ) : null}
      <Button type="submit" size="sm">
        {text.apply}
      </Button>
    </form>
  );
}
