"use client";

import { type RefObject, useEffect } from "react";

const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable=true]";
const OVERLAY = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";

/**
 * `/` goes to the search, `j` and `k` move between rows, `x` selects; Enter opens, because a row's place of focus is
 * its link. Listens on the document, so that the keys work from anywhere on the page; silent while somebody types or a
 * menu or dialog is open, and off when the person has turned shortcuts off (WCAG 2.1.4).
 */
export function useTableKeys(region: RefObject<HTMLElement | null>, enabled: boolean): void {
  useEffect(() => {
    if (!enabled) return;
    const listen = (event: KeyboardEvent) => {
      const root = region.current;
      if (!root || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(TYPING)) return;
      if (document.querySelector(OVERLAY)) return;
      if (press(root, event.key)) event.preventDefault();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [region, enabled]);
}

/** Performs a key; answers whether it meant something. */
function press(root: HTMLElement, key: string): boolean {
  if (key === "/") return focus(root.querySelector("[data-table-search]"));
  if (key === "j") return move(root, 1);
  if (key === "k") return move(root, -1);
  if (key === "x") return toggle(root);
  return false;
}

function move(root: HTMLElement, step: 1 | -1): boolean {
  const rows = [...root.querySelectorAll("[data-table-row]")];
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const next = here === -1 ? (step === 1 ? 0 : rows.length - 1) : here + step;
  const row = rows[Math.min(Math.max(next, 0), rows.length - 1)];
  return focus(row?.querySelector("[data-row-focus]") ?? row ?? null);
}

function toggle(root: HTMLElement): boolean {
  const row = [...root.querySelectorAll("[data-table-row]")].find((entry) => entry.contains(document.activeElement));
  const box = row?.querySelector("[data-row-select]");
  if (!(box instanceof HTMLElement)) return false;
  box.click();
  return true;
}

function focus(target: Element | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  target.focus();
  if (target instanceof HTMLInputElement) target.select();
  target.scrollIntoView({ block: "nearest" });
  return true;
}
