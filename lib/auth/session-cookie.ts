import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from "node:crypto";
import { runtimePart } from "@/lib/config/runtime";

/** How this installation's session cookies are named and signed. */
export type SessionCookie = {
  name: string;
  key: KeyObject;
  /** Signatures that were found right, each behind the hash of its token; see `isSigned`. */
  verified: Set<string>;
};

/** The process's cookie settings; the server, the CLI and test set-ups put them in place. */
export const sessionCookie = runtimePart<SessionCookie>("session-cookie");

/** Makes the settings. `secret` is the one that Better Auth signs with. */
export function createSessionCookie({ gatehouseUrl, secret }: { gatehouseUrl: string; secret: string }): SessionCookie {
  return {
    name: sessionCookieName({ gatehouseUrl }),
    key: createSecretKey(Buffer.from(secret)),
    verified: new Set(),
  };
}

/** The one session cookie's name: with the `__Host-` prefix on https (RFC 6265bis), which browsers refuse on http. */
export function sessionCookieName({ gatehouseUrl }: { gatehouseUrl: string }): string {
  return gatehouseUrl.startsWith("https:") ? "__Host-gatehouse.session" : "gatehouse.session";
}

/**
 * The SHA-256 (hex) of the token in a `Cookie` header, or null when there is none whose signature is ours. Takes no
 * I/O, so that junk costs nothing but this. The format is Better Auth's: `<token>.<base64 of HMAC-SHA-256>`, URL-encoded.
 */
export function readSessionCookie(cookieHeader: string | null | undefined): string | null {
  const settings = sessionCookie.get();
  const value = cookieHeader ? findCookie(cookieHeader, settings.name) : null;
  if (value === null) return null;
  return verify(settings, decodeValue(value));
}

/** The form in which a token is stored, cached and fenced: SHA-256, hex. */
export function hashSessionToken(token: string): string {
  return hash("sha256", token, "hex");
}

/** A signed cookie value as Better Auth writes it, for programs that sign in without a browser (benchmarks, tests). */
export function signSessionToken(token: string, { key }: Pick<SessionCookie, "key">): string {
  return encodeURIComponent(`${token}.${createHmac("sha256", key).update(token).digest("base64")}`);
}

function verify(settings: SessionCookie, value: string): string | null {
  const dot = value.lastIndexOf(".");
  const signature = value.slice(dot + 1);
  if (dot < 1 || signature.length !== signatureCharacters) return null;
  const token = value.slice(0, dot);
  const tokenHash = hashSessionToken(token);
  const known = `${tokenHash}.${signature}`;
  if (settings.verified.has(known)) return tokenHash;
  if (!isSigned(settings, token, signature)) return null;
  if (settings.verified.size >= verifiedMax) settings.verified.clear();
  settings.verified.add(known);
  return tokenHash;
}

// Asked once for a cookie and then remembered: a device comes again and again with the same one, an HMAC costs five times
// a hash, and neither the hash nor the signature that are kept can be made into the cookie. Whether the session lives is
// another question, and that is asked every time.
function isSigned({ key }: SessionCookie, token: string, signature: string): boolean {
  const expected = createHmac("sha256", key).update(token).digest();
  const given = Buffer.from(signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const verifiedMax = 10_000;
// 32 bytes in base64 with its padding.
const signatureCharacters = 44;
// Longer than any cookie of ours; a longer one is junk and not worth decoding.
const cookieCharactersMax = 512;

/** The value of a cookie in a `Cookie` header, not decoded; null without it, and for one of over 512 characters. */
// The first cookie of that name counts, as it does for Better Auth. Nothing is cut out of the header but its value.
export function findCookie(header: string, name: string): string | null {
  let from = 0;
  for (;;) {
    const at = header.indexOf(name, from);
    if (at === -1) return null;
    const equals = at + name.length;
    if (header.charCodeAt(equals) === 61 && isNameStart(header, at)) return cutValue(header, equals + 1);
    from = equals;
  }
}

function isNameStart(header: string, at: number): boolean {
  let before = at - 1;
  while (header.charCodeAt(before) === 32) before -= 1;
  return before < 0 || header.charCodeAt(before) === 59;
}

function cutValue(header: string, start: number): string | null {
  const semicolon = header.indexOf(";", start);
  const value = header.slice(start, semicolon === -1 ? header.length : semicolon).trim();
  return value.length === 0 || value.length > cookieCharactersMax ? null : value;
}

function decodeValue(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // Not URL-encoded as it should be: junk, which no signature fits.
    return "";
  }
}
