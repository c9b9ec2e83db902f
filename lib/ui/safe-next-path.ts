const FALLBACK = "/";
const BASE = "http://gatehouse.invalid";

/**
 * Where to go after signing in: the given path if it stays on this origin, else the front door, which knows where they belong. Parsed as a browser
 * would, because `//host`, `/\host` and tabs inside all leave the origin (ASVS V3.7.2). Pages that would lead straight
 * back to the sign-in are not accepted either.
 */
export function safeNextPath(next: string | string[] | undefined): string {
  if (typeof next !== "string" || !next.startsWith("/")) return FALLBACK;
  if (!URL.canParse(next, BASE)) return FALLBACK;
  const url = new URL(next, BASE);
  // Dot segments may collapse to a path that is itself a protocol-relative address: `/.//host`.
  const leavesOrigin = url.origin !== BASE || url.pathname.startsWith("//");
  const leadsNowhere = /^\/(?:sign-in|api)(?:\/|$)/.test(url.pathname);
  return leavesOrigin || leadsNowhere ? FALLBACK : `${url.pathname}${url.search}${url.hash}`;
}
