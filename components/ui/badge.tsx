import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";

import { cn } from "@/lib/ui/cn";

const badgeVariants = cva(
  "inline-flex h-5 w-fit shrink-0 items-center gap-1 whitespace-nowrap rounded-md border px-1.5 font-medium text-xs tabular-nums [&_svg]:size-3 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        neutral: "border-transparent bg-secondary text-secondary-foreground",
        outline: "text-muted-foreground",
        accent: "border-transparent bg-selected text-primary dark:text-indigo-300",
        success: "border-transparent bg-success/10 text-success",
        warning: "border-transparent bg-amber-100 text-amber-800 dark:bg-amber-500/15 dark:text-amber-300",
        destructive: "border-transparent bg-destructive/10 text-red-800 dark:bg-destructive/20 dark:text-red-300",
      },
    },
    defaultVariants: { variant: "neutral" },
  },
);

/** A short fact beside a thing. Colour never stands alone: give it words, and an icon where it warns. */
export function Badge({ className, variant, ...props }: ComponentProps<"span"> & VariantProps<typeof badgeVariants>) {
  return <span data-slot="badge" className={cn(badgeVariants({ variant }), className)} {...props} />;
}
