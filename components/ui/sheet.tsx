"use client";

import { XIcon } from "lucide-react";
import { Dialog as SheetPrimitive } from "radix-ui";
import type { ComponentProps } from "react";

import { overlayClasses } from "@/components/ui/dialog";
import { useReturnFocus } from "@/components/ui/use-return-focus";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

/** A panel that slides in from a side. */
export const Sheet = SheetPrimitive.Root;

/** The control that opens the sheet. */
export const SheetTrigger = SheetPrimitive.Trigger;

/** A control that closes the sheet. */
export const SheetClose = SheetPrimitive.Close;

/** The sheet's accessible name. */
export const SheetTitle = SheetPrimitive.Title;

/** The sheet's accessible description. */
export const SheetDescription = SheetPrimitive.Description;

/** The sheet's surface, at the start (left in left-to-right scripts) or the end of the line. */
export function SheetContent({
  className,
  children,
  side = "end",
  ...props
}: ComponentProps<typeof SheetPrimitive.Content> & { side?: "start" | "end" }) {
  const returnFocus = useReturnFocus(props);
  return (
    <SheetPrimitive.Portal>
      <SheetPrimitive.Overlay className={overlayClasses} />
      <SheetPrimitive.Content
        data-slot="sheet-content"
        className={cn(
          "fixed inset-y-0 z-50 flex w-full max-w-md flex-col bg-background shadow-xl outline-none data-[state=closed]:animate-leave",
          side === "start"
            ? "left-0 border-r data-[state=open]:animate-slide-from-start"
            : "right-0 border-l data-[state=open]:animate-slide-from-end",
          className,
        )}
        {...props}
        {...returnFocus}
      >
        {children}
        <SheetPrimitive.Close className="absolute top-3 right-3 flex size-8 items-center justify-center rounded-md text-muted-foreground outline-none hover:bg-accent hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring">
          <XIcon className="size-4" />
          <span className="sr-only">{messages.common.close}</span>
        </SheetPrimitive.Close>
      </SheetPrimitive.Content>
    </SheetPrimitive.Portal>
  );
}
