import { AsyncLocalStorage } from "node:async_hooks";
import { newId } from "@/lib/db/new-id";
import type { SignInAttempt } from "@/lib/rate-limits/sign-in-attempts";

/** What is known of a user that this request has read. */
export type NotedUser = {
  id: string;
  email: string;
  name: string;
  homeTenantId: string | null;
  /** As it was at the first read: a session made on a proof that came later must not outlive a change in between. */
  sessionEpoch: number;
  /** Created or invited, and never here before. */
  isInvited: boolean;
  /** Locked by an administrator: no password signs in. */
  isLocked: boolean;
};

/** Why an attempt to sign in was refused, for the audit log. */
export type SignInCause =
  | "unknown_user"
  | "no_password"
  | "wrong_password"
  | "refused"
  | "rate_limited"
  | "session_cap"
  | "policy";

/** One request to Better Auth: what came in, and what has been learnt on the way. Never leaves the process. */
export type AuthRequestState = {
  requestId: string;
  clientAddress: string | null;
  userAgent: string | null;
  /** Below the base path, such as `/sign-in/email`; empty for calls from within the process. */
  path: string;
  rememberMe: boolean;
  /** The hash of the session's token that the browser came with, and that a sign-in replaces. */
  replaces: string | null;
  users: Map<string, NotedUser>;
  /** The session that this request made. */
  created: { sessionId: string; userId: string } | null;
  /** The attempt's place in the limits: claimed when its password is about to be tried, settled once it was right. */
  attempt: Pick<SignInAttempt, "claim" | "succeed"> | null;
  /** A password that was right, and its outdated hash. */
  outdated: { password: string; passwordHash: string } | null;
  /** True while an outdated hash is being replaced, which changes no secret. */
  rehashing: boolean;
  cause: SignInCause;
  /** What went wrong beneath Better Auth, which would turn it into a 500 or swallow it. */
  failure: unknown;
};

const storage = new AsyncLocalStorage<AuthRequestState>();

/** A state with nothing learnt yet. */
export function newAuthRequestState(known: Partial<AuthRequestState> = {}): AuthRequestState {
  return {
    requestId: newId(),
    clientAddress: null,
    userAgent: null,
    path: "",
    rememberMe: true,
    replaces: null,
    users: new Map(),
    created: null,
    attempt: null,
    outdated: null,
    rehashing: false,
    cause: "unknown_user",
    failure: null,
    ...known,
  };
}

/** Runs `work` as this request. */
export function runAsAuthRequest<T>(state: AuthRequestState, work: () => Promise<T>): Promise<T> {
  return storage.run(state, work);
}

/** The request being served; undefined outside of one. */
export function authRequestState(): AuthRequestState | undefined {
  return storage.getStore();
}

/** Remembers a user's row at its first read; later reads do not change what is remembered. */
export function noteUser(row: Record<string, unknown>): void {
  const users = storage.getStore()?.users;
  const { id, email, name, homeTenantId, sessionEpoch, invitedAt, lockedAt, lockedUntil } = row;
  if (!users || typeof id !== "string" || typeof sessionEpoch !== "number" || users.has(id)) return;
  users.set(id, {
    id,
    email: String(email),
    name: String(name),
    homeTenantId: typeof homeTenantId === "string" ? homeTenantId : null,
    sessionEpoch,
    isInvited: invitedAt instanceof Date,
    isLocked: lockedAt instanceof Date && !(lockedUntil instanceof Date && lockedUntil.getTime() <= Date.now()),
  });
}

/** Remembers the first thing that went wrong, and passes it on. */
export function noteFailure(error: unknown): unknown {
  const state = storage.getStore();
  if (state) state.failure ??= error;
  return error;
}
