import { PAGE_SIZE_DEFAULT } from "@/lib/ui/page-size";
import type { Preferences, TablePreferences } from "@/lib/ui/preferences";

/** The cookie in which the browser remembers how a person likes the console. Holds no personal data, no secret. */
export const PREFERENCES_COOKIE = "gatehouse_preferences";

/** How a list looks before the person has changed anything. */
export const TABLE_PREFERENCES_DEFAULT: TablePreferences = { density: "comfortable", pageSize: PAGE_SIZE_DEFAULT };

const YEAR_SECONDS = 31_536_000;

/** Remembers the preferences for a year. Browser only. */
export function rememberPreferences(preferences: Preferences): void {
  const value = encodeURIComponent(JSON.stringify(preferences));
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari before 18.4.
  document.cookie = `${PREFERENCES_COOKIE}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`;
}
