const STORAGE_KEY = "gatehouse.recent-reasons";
const KEPT = 5;

/** The reasons last given in this browser, newest first. Browser only; without storage there are none. */
export function readRecentReasons(): string[] {
  try {
    const stored: unknown = JSON.parse(window.localStorage.getItem(STORAGE_KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter((entry) => typeof entry === "string").slice(0, KEPT) : [];
  } catch {
    return [];
  }
}

/** Puts a reason in front of the remembered ones. */
export function rememberReason(reason: string): void {
  try {
    const kept = [reason, ...readRecentReasons().filter((entry) => entry !== reason)].slice(0, KEPT);
    window.localStorage.setItem(STORAGE_KEY, JSON.stringify(kept));
  } catch {
    // Storage may be full or forbidden; remembering is a convenience.
  }
}
