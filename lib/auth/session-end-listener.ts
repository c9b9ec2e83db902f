/** Which sessions an act of Better Auth's ends: one device's, or all of a user's. */
export type EndedSessions = { tokenHash: string } | { userId: string };

/**
 * Told around the commit of a sign-out or a password change, so that no cache accepts the sessions afterwards.
 * A listener that fails is logged and undoes nothing.
 */
export type SessionEndListener = {
  before: (ended: EndedSessions) => Promise<void>;
  after: (ended: EndedSessions) => Promise<void>;
};
