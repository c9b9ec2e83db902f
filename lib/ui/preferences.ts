import { z } from "zod";

import { PAGE_SIZE_DEFAULT, PAGE_SIZES } from "@/lib/ui/page-size";
import { TABLE_PREFERENCES_DEFAULT } from "@/lib/ui/preferences-cookie";

const tablePreferences = z.object({
  density: z.enum(["comfortable", "compact"]).default("comfortable"),
  hiddenColumns: z.array(z.string().max(64)).max(32).optional(),
  pageSize: z.literal(PAGE_SIZES).default(PAGE_SIZE_DEFAULT),
});

const preferences = z.object({
  sidebar: z.enum(["open", "collapsed"]).default("open"),
  shortcuts: z.boolean().default(true),
  /** Slugs of the tenants that were chosen last, the latest first. */
  recentTenants: z.array(z.string().max(100)).max(8).default([]),
  tables: z.record(z.string().max(64), tablePreferences).default({}),
});

/** How one list is shown. `hiddenColumns` is absent until the person has chosen columns. */
export type TablePreferences = z.infer<typeof tablePreferences>;

/** Everything the console remembers about its looks, for one browser. */
export type Preferences = z.infer<typeof preferences>;

/**
 * Reads the preferences cookie. It is a cookie and not local storage so that the server draws the first frame as the
 * person left it and nothing jumps. Anything unreadable is the defaults: a preference is never worth an error.
 */
export function parsePreferences(cookie: string | undefined): Preferences {
  try {
    return preferences.parse(JSON.parse(decodeURIComponent(cookie ?? "%7B%7D")));
  } catch {
    return preferences.parse({});
  }
}

/** The preferences of one list, by its `ListDefinition.id`. */
export const tablePreferencesOf = (all: Preferences, listId: string): TablePreferences =>
  all.tables[listId] ?? TABLE_PREFERENCES_DEFAULT;
