"use client";

import { CheckIcon, MinusIcon } from "lucide-react";
import type { ComponentProps } from "react";

import { cn } from "@/lib/ui/cn";

/** Properties of a checkbox; `checked="indeterminate"` shows a dash. */
export type CheckboxProps = Omit<ComponentProps<"input">, "checked" | "type" | "size"> & {
  checked?: boolean | "indeterminate";
  onCheckedChange?: (checked: boolean) => void;
};

/**
 * A checkbox. The browser's own input lies unseen above the drawn box and is a little larger, so that forms, labels
 * and keys work by themselves and the target is 28 px wide; a table of a hundred rows stays light.
 */
export function Checkbox({ className, checked, onCheckedChange, onChange, ...props }: CheckboxProps) {
  const partly = checked === "indeterminate";
  return (
    <span data-slot="checkbox" className={cn("relative inline-flex size-4 shrink-0", className)}>
      <input
        type="checkbox"
        ref={(input) => {
          if (input) input.indeterminate = partly;
        }}
        checked={partly ? false : checked}
        onChange={(event) => {
          onChange?.(event);
          onCheckedChange?.(event.target.checked);
        }}
        className="peer absolute -inset-1.5 z-10 m-0 size-7 cursor-pointer opacity-0 disabled:cursor-not-allowed"
        {...props}
      />
      <span
        aria-hidden="true"
        className="pointer-events-none flex size-4 items-center justify-center rounded-[4px] border border-input bg-background text-primary-foreground shadow-xs transition-colors duration-150 peer-checked:border-primary peer-checked:bg-primary peer-indeterminate:border-primary peer-indeterminate:bg-primary peer-hover:border-ring peer-focus-visible:ring-2 peer-focus-visible:ring-ring peer-focus-visible:ring-offset-1 peer-focus-visible:ring-offset-background peer-disabled:opacity-50 peer-aria-invalid:border-destructive dark:bg-input/30 dark:peer-checked:bg-primary dark:peer-indeterminate:bg-primary [&_svg]:hidden [&_svg]:size-3 [&_svg]:stroke-3 peer-checked:[&_svg:first-child]:block peer-indeterminate:[&_svg:last-child]:block"
      >
        <CheckIcon />
        <MinusIcon />
      </span>
    </span>
  );
}
