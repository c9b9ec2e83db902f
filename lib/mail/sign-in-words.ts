/** What is known of the browser behind a sign-in, or behind an attempt at one. */
export type SignInTraces = {
  browser: string | null;
  os: string | null;
  device: string | null;
  country: string | null;
  ipAddress: string | null;
};

const kinds: Record<string, string> = { desktop: "computer", mobile: "phone", tablet: "tablet", tv: "television" };
const regions = new Intl.DisplayNames("en", { type: "region" });

/** "Firefox 140 on Linux (computer)"; "a browser that does not name itself". */
export function deviceInWords({ browser, os, device }: SignInTraces): string {
  const named = [browser, os].filter((part) => part !== null).join(" on ");
  const kind = device === null ? "" : ` (${kinds[device] ?? device})`;
  return `${named === "" ? "a browser that does not name itself" : named}${kind}`;
}

/** "Germany, 203.0.113.7"; null where nothing is known. */
export function placeInWords({ country, ipAddress }: SignInTraces): string | null {
  const known = [country === null ? null : nameOf(country), ipAddress].filter((part) => part !== null);
  return known.length === 0 ? null : known.join(", ");
}

const dateAndTime = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

/** "21 November 2026 at 17:40 UTC". */
export function timeInWords(at: Date): string {
  return `${dateAndTime.format(at)} UTC`;
}

function nameOf(country: string): string {
  try {
    return regions.of(country) ?? country;
  } catch {
    return country;
  }
}
