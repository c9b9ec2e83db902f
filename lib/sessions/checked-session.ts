import type { Impersonator } from "@/lib/operations/request-context";

/** What a session that is alive says about its holder; the form in which it is cached. */
export type CheckedSession = {
  sessionId: string;
  userId: string;
  email: string;
  name: string;
  /** RFC 3339 UTC; also when the proof of identity was complete. */
  createdAt: string;
  /** The absolute limit. */
  expiresAt: string;
  method: string;
  /** The tenant the session is active in. */
  tenant: { id: string; slug: string; name: string } | null;
  impersonatedBy: Impersonator | null;
};

/** A cached session as text. */
export function encodeCheckedSession(session: CheckedSession): string {
  return JSON.stringify(session);
}

const decodedMax = 10_000;
const decoded = new Map<string, CheckedSession>();

/**
 * The session in a cache entry, or null for anything that is not one: then Postgres is asked. The same text gives the
 * same frozen object while it is kept, to which others can tie what follows from it alone. Whether the session lives,
 * the text does not say: whoever holds it has just been given it by Redis.
 */
export function decodeCheckedSession(text: string): CheckedSession | null {
  const known = decoded.get(text);
  if (known) return known;
  const session = parse(text);
  if (!session) return null;
  // A map keeps its insertion order: the first key is the oldest.
  if (decoded.size >= decodedMax) decoded.delete(decoded.keys().next().value ?? "");
  decoded.set(text, session);
  return session;
}

function parse(text: string): CheckedSession | null {
  try {
    // Only `encodeCheckedSession` writes these keys, under a name that dies with the server's memory.
    return Object.freeze(JSON.parse(text) as CheckedSession);
  } catch {
    return null;
  }
}
