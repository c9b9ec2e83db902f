import type { Permission } from "@/lib/authorization/permissions";

/** The administrator behind a session in which somebody else is acted as. */
export type Impersonator = {
  id: string;
  name: string;
  /** The administrator's own session, which waits. */
  sessionId: string;
  /** The only tenant in which they may act; null where the impersonation was begun on the platform. */
  confinedTenantId: string | null;
};

/** Who acts. `impersonatedBy` is the administrator behind a session that acts as somebody else. */
export type Actor =
  | {
      type: "user";
      id: string;
      name: string;
      email: string;
      sessionId: string;
      /** When the session's proof of identity was complete; within five minutes it counts as a fresh one. */
      authenticatedAt: Date;
      impersonatedBy: Impersonator | null;
    }
  /** A key acts for whoever made it, with at most what that person holds now. */
  | { type: "api_key"; id: string; name: string; ownerId: string }
  | { type: "cli" | "job" | "system"; id: null; name: string }
  | { type: "anonymous"; id: null; name: "anonymous" };

/** Where the caller acts: everywhere, in one tenant, or (the session check, a sign-in) nowhere in particular. */
export type RequestScope =
  | { kind: "platform" }
  | { kind: "tenant"; tenantId: string; tenantSlug: string }
  | { kind: "none" };

/** What the caller effectively holds in the scope. */
export type Grants = {
  permissions: ReadonlySet<Permission>;
  /** What the caller's platform roles allow, in whichever scope the caller acts; empty for a tenant's own people. */
  platformPermissions: ReadonlySet<Permission>;
  /** Keys of the roles held, for display. */
  roles: readonly string[];
  /** The highest rank held; 0 when none, 1000 for the CLI and jobs. */
  rank: number;
  /** Owners of the scope may act on its other owners. */
  isOwner: boolean;
};

/** The grants of somebody who holds nothing. */
export const noGrants: Grants = {
  permissions: new Set(),
  platformPermissions: new Set(),
  roles: [],
  rank: 0,
  isOwner: false,
};

/** Everything an operation may know about its caller. `authenticateRequest` and `trustedContext` make it. */
export type RequestContext = {
  scope: RequestScope;
  actor: Actor;
  grants: Grants;
  requestId: string;
  /** Normalised; null when there is no network peer, as for the CLI. */
  clientAddress: string | null;
  userAgent: string | null;
  source: "console" | "api" | "cli" | "job" | "auth";
  /** What makes a repeated request the same one, where the caller says so (the `Idempotency-Key` header). */
  idempotencyKey?: string;
  /** What the rate limit leaves this caller; set by the pipeline for the answer's headers. */
  rateLimit?: { policy: string; limit: number; windowSeconds: number; remaining: number };
};
