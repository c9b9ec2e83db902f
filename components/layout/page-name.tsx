"use client";

import { useLayoutEffect, useSyncExternalStore } from "react";

let current: string | null = null;
const listeners = new Set<() => void>();

/** Names what the page is about, for the breadcrumb: the frame around a page is drawn without knowing what is in it. */
export function PageName({ name }: { name: string }) {
  // The external system is the frame, which stands above the page and outlives it.
  useLayoutEffect(() => {
    tell(name);
    return () => tell(null);
  }, [name]);
  return null;
}

/** What the page says it is about; null while it has not said. */
export const usePageName = (): string | null =>
  useSyncExternalStore(
    subscribe,
    () => current,
    () => null,
  );

function tell(name: string | null): void {
  current = name;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
