"use client";

import { Field } from "@/components/ui/field";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { messages } from "@/lib/ui/messages";

const text = messages.rateLimits;
/** A little less than the whole, so that the longest choice is within its bound when it arrives. */
const LEEWAY_MS = 60_000;

type LifeFieldProps = { label: string; seconds: readonly number[]; initial: number; error?: string | undefined };

/** How long something is to last, chosen among a few lengths; sent under the name `life`, in seconds. */
export function LifeField({ label, seconds, initial, error }: LifeFieldProps) {
  return (
    <Field label={label} error={error}>
      {({ required: _required, ...control }) => (
        <Select name="life" defaultValue={String(initial)}>
          <SelectTrigger {...control} className="w-full">
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            {seconds.map((length) => (
              <SelectItem key={length} value={String(length)}>
                {text.life(length)}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      )}
    </Field>
  );
}

/** The moment at which what the form asks for ends, RFC 3339 UTC. */
export function endOf(values: FormData): string {
  const milliseconds = Number(values.get("life")) * 1000;
  return new Date(Date.now() + milliseconds - Math.min(LEEWAY_MS, milliseconds / 100)).toISOString();
}
