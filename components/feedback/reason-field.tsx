"use client";

import { useState } from "react";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { messages } from "@/lib/ui/messages";
import { readRecentReasons } from "@/lib/ui/recent-reasons";

const text = messages.destructive;

/** The longest reason that the audit log keeps. */
const REASON_LENGTH_MAX = 500;
const OFFERED = 3;

/** Properties of the reason field. */
export type ReasonFieldProps = {
  value: string;
  onChange: (value: string) => void;
  required: boolean;
  error?: string | undefined;
};

/** Why the act is done, with the reasons last given offered below. Rendered in the browser only (inside a dialog). */
export function ReasonField({ value, onChange, required, error }: ReasonFieldProps) {
  const [recent] = useState(() => readRecentReasons().slice(0, OFFERED));
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={required ? text.reason : text.reasonOptional}
        hint={text.reasonHint}
        error={error}
        required={required}
      >
        {(control) => (
          <Textarea
            {...control}
            name="reason"
            rows={2}
            maxLength={REASON_LENGTH_MAX}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      {recent.length > 0 ? (
        <fieldset className="flex flex-wrap gap-1.5">
          <legend className="sr-only">{text.reasonRecent}</legend>
          {recent.map((reason) => (
            <Button key={reason} variant="secondary" size="xs" className="max-w-60" onClick={() => onChange(reason)}>
              <span className="truncate">{reason}</span>
            </Button>
          ))}
        </fieldset>
      ) : null}
    </div>
  );
}
