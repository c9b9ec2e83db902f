"use client";

import { createContext, type ReactNode, useContext } from "react";

import type { ActionResult } from "@/lib/ui/action-result";

/** A tenant as the switcher offers it. */
export type TenantChoice = { slug: string; name: string; note?: string };

/** A tenant as a search of the platform finds it. */
export type TenantFound = { slug: string; name: string; status: "active" | "suspended" | "deleting" };

/** The scopes that a viewer may change to. */
export type ScopeChoices = {
  /** Whether the platform is one of them. */
  platform: boolean;
  /** The first tenants; for people of the platform there may be more. */
  tenants: readonly TenantChoice[];
  /** Finds further tenants by part of the name; null where `tenants` are all there are. */
  search:
    | ((input: { search: string; limit: number }) => Promise<ActionResult<{ data: readonly TenantFound[] }>>)
    | null;
};

const ChoicesContext = createContext<ScopeChoices>({ platform: false, tenants: [], search: null });

/** Hands the choices to the switcher, wherever the frame draws it. */
export function ScopeChoicesProvider({ choices, children }: { choices: ScopeChoices; children: ReactNode }) {
  return <ChoicesContext value={choices}>{children}</ChoicesContext>;
}

/** The scopes that the viewer may change to. */
export const useScopeChoices = (): ScopeChoices => useContext(ChoicesContext);
