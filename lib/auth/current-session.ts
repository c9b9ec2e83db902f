import type { RequestContext } from "@/lib/operations/request-context";
import type { CheckedSession } from "@/lib/sessions/checked-session";

// A context says who acts; what else the check has found travels beside it, and dies with it.
const sessions = new WeakMap<RequestContext, CheckedSession>();

/** Keeps what the check has found for `currentSession`. */
export function rememberSession(ctx: RequestContext, session: CheckedSession): RequestContext {
  sessions.set(ctx, session);
  return ctx;
}

/** The session by which the caller came; null for the CLI, jobs and strangers. */
export function currentSession(ctx: RequestContext): CheckedSession | null {
  return sessions.get(ctx) ?? null;
}
