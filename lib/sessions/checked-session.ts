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
  impersonatedBy: { id: string; name: string } | null;
};

/** A cached session as text. */
export function encodeCheckedSession(session: CheckedSession): string {
  return JSON.stringify(session);
}

/** The session in a cache entry, or null for anything that is not one: then Postgres is asked. */
export function decodeCheckedSession(text: string): CheckedSession | null {
  try {
    // Only `encodeCheckedSession` writes these keys, under a name that dies with the server's memory.
    return JSON.parse(text) as CheckedSession;
  } catch {
    return null;
  }
}
