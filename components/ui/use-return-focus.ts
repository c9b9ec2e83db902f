"use client";

import { useRef } from "react";

type FocusHandlers = { onOpenAutoFocus?: (event: Event) => void; onCloseAutoFocus?: (event: Event) => void };

// An act of a menu leaves with its menu, before the dialog that it opens can see where the focus was.
let menuButton: Element | null = null;

/** Remembers the button of the menu whose item has just been chosen, in case it opens a dialog. */
export function noteMenuAct(item: EventTarget | null): void {
  const labelId = item instanceof Element ? item.closest("[role=menu]")?.getAttribute("aria-labelledby") : null;
  menuButton = labelId ? document.getElementById(labelId) : null;
}

/**
 * Gives the focus back to what opened a dialog that has no trigger of its own, or to the button of the menu that did;
 * Radix would drop it on the page (WCAG 2.4.3).
 */
export function useReturnFocus(given: FocusHandlers): Required<FocusHandlers> {
  const opener = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: (event) => {
      given.onOpenAutoFocus?.(event);
      const active = document.activeElement;
      const isLost = active === null || active === document.body || active.closest("[role=menu]") !== null;
      opener.current = isLost ? menuButton : active;
      menuButton = null;
    },
    onCloseAutoFocus: (event) => {
      given.onCloseAutoFocus?.(event);
      const target = opener.current;
      // Where a click gives no focus, as in Safari, there is only Radix' own trigger to go back to.
      if (event.defaultPrevented || !(target instanceof HTMLElement) || !target.isConnected) return;
      event.preventDefault();
      target.focus();
    },
  };
}
