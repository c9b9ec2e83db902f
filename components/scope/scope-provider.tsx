"use client";

import { createContext, type ReactNode, useCallback, useContext } from "react";

import { type ConsoleScope, scopePath, slugOf } from "@/lib/ui/scope-path";

const ScopeContext = createContext<ConsoleScope>({ kind: "platform" });

/** Tells everything below in which scope it stands. It only leads links and words; operations decide. */
export function ScopeProvider({ scope, children }: { scope: ConsoleScope; children: ReactNode }) {
  return <ScopeContext value={scope}>{children}</ScopeContext>;
}

/** The scope in which a component stands. */
export const useScope = (): ConsoleScope => useContext(ScopeContext);

/** Turns a place, such as `/users`, into its address within the scope: `/platform/users` or `/t/acme/users`. */
export function useScopePath(): (path: string) => string {
  const slug = slugOf(useScope());
  return useCallback((path: string) => scopePath(slug, path), [slug]);
}
