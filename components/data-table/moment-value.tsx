"use client";

import { type FormEvent, useId, useState } from "react";

import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { messages } from "@/lib/ui/messages";

const text = messages.table;

/** Properties of the editor of a moment; `value` is RFC 3339, or empty for a new filter. */
export type MomentValueProps = {
  label: string;
  presets: readonly { label: string; secondsAgo: number }[];
  value: string;
  onSubmit: (value: string) => void;
};

/** Chooses a moment: one of those that are asked for most, or any minute, in UTC. Rendered in the browser only. */
export function MomentValue({ label, presets, value, onSubmit }: MomentValueProps) {
  const hintId = useId();
  const [now] = useState(() => Date.now());
  const [typed, setTyped] = useState(value === "" ? "" : toMinute(Date.parse(value)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed !== "") onSubmit(`${typed}:00.000Z`);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2 px-3 pb-3">
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="sr-only">{label}</legend>
        {presets.map((preset) => (
          <Button
            key={preset.secondsAgo}
            variant="secondary"
            size="xs"
            onClick={() => onSubmit(`${toMinute(now - preset.secondsAgo * 1000)}:00.000Z`)}
          >
            {preset.label}
          </Button>
        ))}
      </fieldset>
      <Input
        type="datetime-local"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        aria-label={label}
        aria-describedby={hintId}
        autoFocus
        required
        className="h-8 md:text-[13px]"
      />
      <p id={hintId} className="text-muted-foreground text-xs">
        {text.momentHint(toMinute(now).slice(11))}
      </p>
      <Button type="submit" size="sm">
        {text.apply}
      </Button>
    </form>
  );
}

/** A moment, in epoch milliseconds, as the field has it: `2026-11-21T14:05`, in UTC. Empty where it is none. */
function toMinute(at: number): string {
  return Number.isNaN(at) ? "" : new Date(at).toISOString().slice(0, 16);
}
