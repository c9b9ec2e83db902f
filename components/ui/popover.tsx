"use client";

import { Popover as PopoverPrimitive } from "radix-ui";
import type { ComponentProps } from "react";

import { cn } from "@/lib/ui/cn";

/** A small surface beside its trigger. */
export const Popover = PopoverPrimitive.Root;

/** The control that opens it. */
export const PopoverTrigger = PopoverPrimitive.Trigger;

/** The popover's surface. Give it an `aria-label`. */
export function PopoverContent({
  className,
  align = "start",
  sideOffset = 4,
  ...props
}: ComponentProps<typeof PopoverPrimitive.Content>) {
  return (
    <PopoverPrimitive.Portal>
      <PopoverPrimitive.Content
        data-slot="popover-content"
        align={align}
        sideOffset={sideOffset}
        collisionPadding={8}
        className={cn(
          "z-50 w-64 rounded-lg border bg-popover p-3 text-popover-foreground shadow-lg outline-none data-[state=open]:animate-enter",
          className,
        )}
        {...props}
      />
    </PopoverPrimitive.Portal>
  );
}
