/** Milliseconds on the monotonic clock of the one process that drives every client. */
export type Moment = number;

/** When a request left and when its answer had been read; without an answer `returned` is infinite. */
export type Span = { invoked: Moment; returned: Moment };

/**
 * One token in somebody's hand. A session that gets a new token (an impersonation that begins or ends) is another
 * credential of the same session; a token that has died never comes back.
 */
export type Credential = {
  id: string;
  sessionId: string;
  /** Whose end of all sessions ends it: the holder, and whoever acts as the holder in it. */
  userIds: readonly string[];
  /** The tenant at which the holder is at home. */
  homeTenantId: string | null;
  /** The block of client addresses that a filter names. */
  block: string | null;
  /** How many times the password had been changed when the one that proved this sign-in was chosen; null: no sign-in. */
  proof: number | null;
  created: Span;
};

/** A request by which a session became active in a tenant; `isSure` is false where the answer does not say so. */
export type Entry = Span & { credentialId: string; tenantId: string; isSure: boolean };

/** What came of presenting a credential. `unavailable`: a 503; `none`: anything that says neither yes nor no. */
export type UseOutcome = "accepted" | "refused" | "unavailable" | "none";

/** A credential that was presented to an instance. */
export type Use = Span & { credentialId: string; instance: number; outcome: UseOutcome };

/** Which credentials an end of sessions is about. */
export type Coverage =
  | { kind: "credentials"; credentialIds: readonly string[] }
  /** All of a user's, or with a tenant those which are active in it. */
  | { kind: "user"; userId: string; tenantId: string | null }
  /** Active in the tenant, or of people at home there. */
  | { kind: "tenant"; tenantId: string }
  | { kind: "block"; block: string }
  | { kind: "platform" };

/** A request that ends sessions, whatever its purpose. */
export type End = Span & {
  /** What a person would call it: `lock`, `revoke-user`, …. */
  way: string;
  coverage: Coverage;
  /** Credentials that it leaves out on purpose, such as the one that asked. */
  except: readonly string[];
  /** Credentials made after this moment need not be covered: when the set was pinned. */
  pinned: Moment;
  /** `done`: acknowledged. `none`: refused, so that nothing may have happened. `unknown`: no answer, or a 503. */
  outcome: "done" | "none" | "unknown";
  /**
   * Milliseconds after the answer for which a covered credential may still be accepted, by what its receipt states; below
   * zero where that says that the end had taken effect before the answer.
   */
  window: number;
  /** Of the answer; null: there was none. */
  requestId: string | null;
};

/** A change of password: every proof with fewer changes behind it is worth nothing once this has been answered. */
export type PasswordChange = Span & { userId: string; changes: number; outcome: End["outcome"]; window: number };

/** A time in which a store or an instance was broken on purpose, or still recovering from it. */
export type Disturbance = { name: string; from: Moment; until: Moment };

/** Everything that the clients saw. */
export type History = {
  credentials: ReadonlyMap<string, Credential>;
  /** Of each credential, in no order. */
  uses: ReadonlyMap<string, readonly Use[]>;
  entries: ReadonlyMap<string, readonly Entry[]>;
  ends: readonly End[];
  passwordChanges: readonly PasswordChange[];
  disturbances: readonly Disturbance[];
};

/** A promise that the history shows broken, in words that lead to the place. */
export type Violation = { rule: "A" | "B" | "C" | "D" | "E"; text: string };

const unnamedPrefix = "of ";

/** What stands for the id of a session that never told it. */
export function unnamed(credentialId: string): string {
  return `${unnamedPrefix}${credentialId}`;
}

/** Whether a session never told its id: it can be used, and not be named. */
export function isUnnamed({ sessionId }: Pick<Credential, "sessionId">): boolean {
  return sessionId.startsWith(unnamedPrefix);
}
