"use client";

import { useId } from "react";

import type { RoleOption } from "@/components/roles/role-option";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

const text = messages.roles.refusal;

/** Properties of a choice of roles. */
export type RoleCheckboxesProps = {
  legend: string;
  options: readonly RoleOption[];
  chosen: ReadonlySet<string>;
  onChange: (chosen: ReadonlySet<string>) => void;
};

/** Roles to choose from; those that the viewer may not give are greyed out and say why. */
export function RoleCheckboxes({ legend, options, chosen, onChange }: RoleCheckboxesProps) {
  const toggle = (id: string, on: boolean) => {
    const next = new Set(chosen);
    on ? next.add(id) : next.delete(id);
    onChange(next);
  };
  return (
    <fieldset className="flex max-h-72 flex-col overflow-y-auto rounded-lg border px-3 py-1">
      <legend className="sr-only">{legend}</legend>
      {options.map((option) => (
        <Option
          key={option.id}
          option={option}
          checked={chosen.has(option.id)}
          onChange={(on) => toggle(option.id, on)}
        />
      ))}
    </fieldset>
  );
}

type OptionProps = { option: RoleOption; checked: boolean; onChange: (on: boolean) => void };

function Option({ option, checked, onChange }: OptionProps) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className={cn("flex items-start gap-2.5 py-1.5 text-[13px]", !option.assignable && "text-muted-foreground")}
    >
      <Checkbox id={id} className="mt-0.5" checked={checked} disabled={!option.assignable} onCheckedChange={onChange} />
      <span className="flex min-w-0 flex-col">
        <bdi className="truncate font-medium">{option.name}</bdi>
        {option.assignable ? null : <span className="text-xs">{text.notAssignable}</span>}
      </span>
    </label>
  );
}
