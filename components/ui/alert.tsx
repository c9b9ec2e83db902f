import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";

import { cn } from "@/lib/ui/cn";

const alertVariants = cva(
  "grid w-full grid-cols-[1rem_1fr] items-start gap-x-3 gap-y-1 rounded-lg border px-4 py-3 text-sm [&>*]:col-start-2 [&>svg]:col-start-1 [&>svg]:row-start-1 [&>svg]:mt-0.5 [&>svg]:size-4",
  {
    variants: {
      variant: {
        default: "bg-card",
        warning: "border-amber-300 bg-amber-50 dark:border-amber-500/30 dark:bg-amber-500/10 [&>svg]:text-warning",
        success: "border-success/35 bg-success/8 [&>svg]:text-success",
        destructive: "border-destructive/35 bg-destructive/8 [&>svg]:text-destructive dark:[&>svg]:text-red-400",
      },
    },
    defaultVariants: { variant: "default" },
  },
);

/** A notice in place; start it with an icon. Give it `role="alert"` only if it appears because of what one just did. */
export function Alert({ className, variant, ...props }: ComponentProps<"div"> & VariantProps<typeof alertVariants>) {
  return <div data-slot="alert" className={cn(alertVariants({ variant }), className)} {...props} />;
}

/** What happened. */
export function AlertTitle({ className, ...props }: ComponentProps<"div">) {
  return <div data-slot="alert-title" className={cn("font-medium leading-snug", className)} {...props} />;
}

/** What to do. */
export function AlertDescription({ className, ...props }: ComponentProps<"div">) {
  return (
    <div
      data-slot="alert-description"
      className={cn("text-muted-foreground text-sm leading-relaxed", className)}
      {...props}
    />
  );
}
