"use client";

import { useRef } from "react";

/** How long a menu that opened the dialog may take to give the focus back to its button. */
const MENU_CLOSES_MS = 100;

type FocusHandlers = { onOpenAutoFocus?: (event: Event) => void; onCloseAutoFocus?: (event: Event) => void };

/**
 * Gives the focus back to what opened a dialog that has no trigger of its own; Radix would drop it on the page
 * (WCAG 2.4.3). An act of a menu leaves with its menu, so then it is the menu's button.
 */
export function useReturnFocus(given: FocusHandlers): Required<FocusHandlers> {
  const opener = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: (event) => {
      given.onOpenAutoFocus?.(event);
      opener.current = document.activeElement;
      const note = ({ target }: FocusEvent) => {
        if (target instanceof Element && target.matches("[aria-haspopup=menu]")) opener.current = target;
      };
      document.addEventListener("focusin", note, { capture: true });
      setTimeout(() => document.removeEventListener("focusin", note, { capture: true }), MENU_CLOSES_MS);
    },
    onCloseAutoFocus: (event) => {
      given.onCloseAutoFocus?.(event);
      const target = opener.current;
      // Where a click gives no focus, as in Safari, there is only Radix' own trigger to go back to.
      if (event.defaultPrevented || target === document.body) return;
      if (!(target instanceof HTMLElement) || !target.isConnected) return;
      event.preventDefault();
      target.focus();
    },
  };
}
