"use client";

import { CircleAlertIcon } from "lucide-react";
import { type ReactNode, useId } from "react";

import { Label } from "@/components/ui/label";
import { cn } from "@/lib/ui/cn";

/** What the control inside a field must carry, so that label, hint and error belong to it. */
export type FieldControl = {
  id: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
  required: boolean | undefined;
};

/** Properties of a field. `error` is announced when it appears. */
export type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  /** Stands at the end of the label's line, for example "Forgot password?". */
  aside?: ReactNode;
  className?: string;
  /** Spread the argument on the control: `{(control) => <Input {...control} name="email" />}`. */
  children: (control: FieldControl) => ReactNode;
};

/** A control with its label, hint and error, wired for assistive technology. */
export function Field({ label, hint, error, required, aside, className, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = [hint ? hintId : "", error ? errorId : ""].filter(Boolean).join(" ");
  return (
    <div data-slot="field" className={cn("flex flex-col gap-2", className)}>
      <div className="flex items-baseline justify-between gap-2">
        <Label htmlFor={id}>{label}</Label>
        {aside}
      </div>
      {children({
        id,
        required,
        "aria-invalid": error ? true : undefined,
        "aria-describedby": describedBy || undefined,
      })}
      {hint ? (
        <p id={hintId} className="text-muted-foreground text-xs">
          {hint}
        </p>
      ) : null}
      <div aria-live="polite" className="contents">
        {error ? (
          <p id={errorId} className="flex items-start gap-1.5 text-destructive text-xs dark:text-red-400">
            <CircleAlertIcon className="mt-px size-3.5 shrink-0" aria-hidden="true" />
            {error}
          </p>
        ) : null}
      </div>
    </div>
  );
}
