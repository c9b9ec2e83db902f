"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";

import type { Preferences, TablePreferences } from "@/lib/ui/preferences";
import { rememberPreferences, TABLE_PREFERENCES_DEFAULT } from "@/lib/ui/preferences-cookie";

type PreferencesHandle = {
  preferences: Preferences;
  update: (change: (current: Preferences) => Preferences) => void;
};

/** The preferences of one list, and the way to change some of them. */
export type TablePreferencesHandle = {
  preferences: TablePreferences;
  update: (change: Partial<TablePreferences>) => void;
};

const PreferencesContext = createContext<PreferencesHandle | null>(null);

/** Holds the preferences that the server read from the cookie, and writes changes back to it. */
export function PreferencesProvider({ initial, children }: { initial: Preferences; children: ReactNode }) {
  const [preferences, setPreferences] = useState(initial);
  const update = useCallback(
    (change: (current: Preferences) => Preferences) => {
      const next = change(preferences);
      setPreferences(next);
      rememberPreferences(next);
    },
    [preferences],
  );
  const handle = useMemo(() => ({ preferences, update }), [preferences, update]);
  return <PreferencesContext value={handle}>{children}</PreferencesContext>;
}

/** The console's preferences. */
export function usePreferences(): PreferencesHandle {
  const handle = useContext(PreferencesContext);
  if (!handle) throw new Error("usePreferences needs a PreferencesProvider above it; the console shell has one.");
  return handle;
}

/** The preferences of the list with this `ListDefinition.id`. */
export function useTablePreferences(listId: string): TablePreferencesHandle {
  const { preferences, update } = usePreferences();
  const current = preferences.tables[listId] ?? TABLE_PREFERENCES_DEFAULT;
  return {
    preferences: current,
    update: (change) => update((all) => ({ ...all, tables: { ...all.tables, [listId]: { ...current, ...change } } })),
  };
}
