"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { messages } from "@/lib/ui/messages";

const text = messages.destructive;

/** Properties of the field: `phrase` is what must be typed, `wrong` that something else was. */
export type PhraseFieldProps = { phrase: string; value: string; onChange: (value: string) => void; wrong: boolean };

/** Where the count or the name is typed, for acts that are too large for a click. */
export function PhraseField({ phrase, value, onChange, wrong }: PhraseFieldProps) {
  return (
    <Field label={text.typeToConfirm(phrase)} error={wrong ? text.typeMismatch(phrase) : undefined} required>
      {(control) => (
        <Input
          {...control}
          name="phrase"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoComplete="off"
          spellCheck={false}
        />
      )}
    </Field>
  );
}
