"use client";

import { XIcon } from "lucide-react";
import type { ReactNode } from "react";

import { Button } from "@/components/ui/button";
import { messages } from "@/lib/ui/messages";

/** What can be done with the selected rows; floats above the bottom of the window while any is selected. */
export function BulkBar({ count, onClear, children }: { count: number; onClear: () => void; children: ReactNode }) {
  return (
    <div className="pointer-events-none sticky bottom-4 z-30 flex justify-center px-2">
      <div
        role="toolbar"
        aria-label={messages.table.bulk}
        className="pointer-events-auto flex max-w-full animate-enter flex-wrap items-center gap-2 rounded-xl border bg-popover p-1.5 pl-3.5 text-popover-foreground shadow-lg"
      >
        <span role="status" className="whitespace-nowrap font-medium text-[13px] tabular-nums">
          {messages.table.selected(count)}
        </span>
        <Button variant="ghost" size="icon-xs" onClick={onClear} aria-label={messages.table.clearSelection}>
          <XIcon aria-hidden="true" />
        </Button>
        <span aria-hidden="true" className="mx-1 h-5 w-px bg-border" />
        {children}
      </div>
    </div>
  );
}
