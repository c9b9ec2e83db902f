"use client";

import { useSearchParams } from "next/navigation";
import { useQueryState } from "nuqs";
import type { MouseEvent, ReactNode } from "react";

import { Sheet, SheetContent, SheetDescription, SheetTitle } from "@/components/ui/sheet";

/** The row that is open beside its list, by one query parameter: a link of its own, which Back closes. */
export type RowSheetState = {
  openId: string | null;
  close: () => void;
  /** The address of the list with this row open. */
  hrefOf: (id: string) => string;
  /** Opens without asking the server again: the rows are already here. For the element around the list. */
  interceptClick: (event: MouseEvent<HTMLElement>) => void;
};

/** Reads and writes which row is open. */
export function useRowSheet(parameter: string): RowSheetState {
  const current = useSearchParams();
  const [openId, setOpenId] = useQueryState(parameter, { history: "push", shallow: true });
  const hrefOf = (id: string) => {
    const next = new URLSearchParams(current);
    next.set(parameter, id);
    return `?${next}`;
  };
  const interceptClick = (event: MouseEvent<HTMLElement>) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-row-focus]") : null;
    const opensElsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (!link || opensElsewhere) return;
    const id = new URLSearchParams(link.getAttribute("href") ?? "").get(parameter);
    if (id === null) return;
    event.preventDefault();
    void setOpenId(id);
  };
  return { openId, close: () => void setOpenId(null, { history: "replace" }), hrefOf, interceptClick };
}

/** Properties of the panel; without children it is closed. */
export type RowSheetProps = {
  title: ReactNode;
  description: string;
  onClose: () => void;
  children: ReactNode;
  open: boolean;
};

/** The panel beside a list in which one row is read in full. */
export function RowSheet({ title, description, open, onClose, children }: RowSheetProps) {
  return (
    <Sheet open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <SheetContent className="max-w-lg overflow-y-auto" onOpenAutoFocus={focusPanel}>
        <div className="flex flex-col gap-0.5 border-b px-5 py-4 pr-14">
          <SheetTitle className="font-semibold text-base leading-snug">{title}</SheetTitle>
          <SheetDescription className="text-muted-foreground text-xs">{description}</SheetDescription>
        </div>
        <div className="flex flex-col gap-6 px-5 py-5">{children}</div>
      </SheetContent>
    </Sheet>
  );
}

// The first control would be a time, whose tooltip would open by itself: the panel as a whole takes the focus instead.
function focusPanel(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}

/** A part of the panel under its heading. */
export function SheetSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1">
      <h3 className="font-medium text-[13px]">{title}</h3>
      {children}
    </section>
  );
}
