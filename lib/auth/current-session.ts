import type { RequestContext } from "@/lib/operations/request-context";
import type { CheckedSession } from "@/lib/sessions/checked-session";

// A context says who acts; what else the check has found travels in it under a name that only this file knows.
const found = Symbol("checked session");

type CheckedContext = RequestContext & { [found]?: CheckedSession };

/** A context that carries what the check has found, for `currentSession`. */
export function rememberSession(ctx: RequestContext, session: CheckedSession): RequestContext {
  const checked: CheckedContext = ctx;
  checked[found] = session;
  return checked;
}

/** The session by which the caller came; null for the CLI, jobs and strangers. */
export function currentSession(ctx: CheckedContext): CheckedSession | null {
  return ctx[found] ?? null;
}
