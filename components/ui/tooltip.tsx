"use client";

import { Tooltip as TooltipPrimitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";

import { cn } from "@/lib/ui/cn";

/** Shares the opening delay between tooltips; stands once, around the application. */
export const TooltipProvider = TooltipPrimitive.Provider;

/** Shows `label` beside its one child on hover and on focus. The label is a supplement, never the child's only name. */
export function Tooltip({
  label,
  children,
  className,
  ...props
}: Omit<ComponentProps<typeof TooltipPrimitive.Content>, "children"> & { label: ReactNode; children: ReactNode }) {
  return (
    <TooltipPrimitive.Root>
      <TooltipPrimitive.Trigger asChild>{children}</TooltipPrimitive.Trigger>
      <TooltipPrimitive.Portal>
        <TooltipPrimitive.Content
          data-slot="tooltip-content"
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            "z-50 max-w-80 rounded-md bg-foreground px-2 py-1 text-background text-xs tabular-nums shadow-md data-[state=delayed-open]:animate-enter",
            className,
          )}
          {...props}
        >
          {label}
        </TooltipPrimitive.Content>
      </TooltipPrimitive.Portal>
    </TooltipPrimitive.Root>
  );
}
