"use client";

import { useId } from "react";

import { Checkbox } from "@/components/ui/checkbox";
import { messages } from "@/lib/ui/messages";

const text = messages.revocation;

/** What may be added to what the preview shows. */
export type RevocationExtras = { includeNew: boolean; includeOwn: boolean };

type RevocationOptionsProps = {
  /** How many of the viewer's own sessions match; without one there is nothing to add. */
  own: number;
  value: RevocationExtras;
  onChange: (value: RevocationExtras) => void;
};

/** The choices that a preview leaves open; both begin as no. */
export function RevocationOptions({ own, value, onChange }: RevocationOptionsProps) {
  return (
    <div className="flex flex-col gap-3">
      <Choice
        label={text.includeNew}
        hint={text.includeNewHint}
        checked={value.includeNew}
        onChange={(includeNew) => onChange({ ...value, includeNew })}
      />
      {own > 0 ? (
        <Choice
          label={text.includeOwn}
          hint={text.includeOwnHint}
          checked={value.includeOwn}
          onChange={(includeOwn) => onChange({ ...value, includeOwn })}
        />
      ) : null}
    </div>
  );
}

type ChoiceProps = { label: string; hint: string; checked: boolean; onChange: (checked: boolean) => void };

function Choice({ label, hint, checked, onChange }: ChoiceProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div className="grid grid-cols-[1rem_1fr] gap-x-2.5">
      <Checkbox id={id} className="mt-0.5" checked={checked} onCheckedChange={onChange} aria-describedby={hintId} />
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <p id={hintId} className="col-start-2 text-muted-foreground text-xs">
        {hint}
      </p>
    </div>
  );
}
