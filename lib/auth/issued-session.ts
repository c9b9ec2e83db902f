import { randomBytes } from "node:crypto";
import type { RequestContext } from "@/lib/operations/request-context";
import { sessionCookie, signSessionToken } from "./session-cookie";

/** A session's new token for the caller's browser, and until when it is good (null: until the browser is closed). */
export type IssuedSession = { token: string; expiresAt: Date | null };

/** A new session's token: 256 random bits (ASVS V7.2.3 asks for 128). */
export function newSessionToken(): string {
  return randomBytes(32).toString("base64url");
}

/** The session cookie as an answer sets it; `value` is not encoded yet. */
export type IssuedCookie = {
  name: string;
  value: string;
  maxAge: number | undefined;
  secure: boolean;
  httpOnly: true;
  sameSite: "lax";
  path: "/";
};

// A token is in no answer of an operation, so that it reaches no body, log or page: it travels beside the context, to
// the entry point that can set a cookie, and dies with it.
const issued = new WeakMap<RequestContext, IssuedSession>();

/** Hands the caller's browser another session. Call it after the commit: what is rolled back must not reach a browser. */
export function issueSession(ctx: RequestContext, session: IssuedSession): void {
  issued.set(ctx, session);
}

/** The cookie that the operation has issued, if it has; for the entry points, once. */
export function takeIssuedCookie(ctx: RequestContext): IssuedCookie | null {
  const session = issued.get(ctx);
  if (!session) return null;
  issued.delete(ctx);
  const settings = sessionCookie.get();
  const { token, expiresAt } = session;
  return {
    name: settings.name,
    value: decodeURIComponent(signSessionToken(token, settings)),
    maxAge: expiresAt === null ? undefined : Math.max(0, Math.ceil((expiresAt.getTime() - Date.now()) / 1000)),
    secure: settings.name.startsWith("__Host-"),
    httpOnly: true,
    sameSite: "lax",
    path: "/",
  };
}

/** The cookie as a `Set-Cookie` header (RFC 6265bis), as Better Auth writes it. */
export function toSetCookie({ name, value, maxAge, secure }: IssuedCookie): string {
  const parts = [`${name}=${encodeURIComponent(value)}`];
  if (maxAge !== undefined) parts.push(`Max-Age=${maxAge}`);
  parts.push("Path=/", "HttpOnly");
  if (secure) parts.push("Secure");
  return [...parts, "SameSite=Lax"].join("; ");
}
