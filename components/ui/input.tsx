import type { ComponentProps } from "react";

import { cn } from "@/lib/ui/cn";

/** A single-line field. 16 px on phones, where smaller text makes iOS zoom the page. */
export function Input({ className, type = "text", ...props }: ComponentProps<"input">) {
  return (
    <input
      type={type}
      data-slot="input"
      className={cn(
        "h-9 w-full min-w-0 rounded-md border border-input bg-background px-3 text-base shadow-xs outline-none transition-colors duration-150 placeholder:text-muted-foreground focus-visible:border-ring focus-visible:ring-2 focus-visible:ring-ring/40 disabled:cursor-not-allowed disabled:opacity-50 aria-invalid:border-destructive aria-invalid:focus-visible:ring-destructive/30 md:text-sm dark:bg-input/20",
        className,
      )}
      {...props}
    />
  );
}
