import type { ComponentProps } from "react";

import { cn } from "@/lib/ui/cn";

/** The shape of something that is on its way. */
export function Skeleton({ className, ...props }: ComponentProps<"span">) {
  return (
    <span
      data-slot="skeleton"
      aria-hidden="true"
      className={cn("block animate-pulse rounded-md bg-muted-foreground/15", className)}
      {...props}
    />
  );
}
