import type { BetterAuthOptions } from "better-auth";
import { getEndpoints } from "better-auth/api";
import type { Env } from "@/lib/config/env";
import { clientAddressHeader } from "@/lib/config/internal-headers";
import { newId } from "@/lib/db/new-id";
import { logger } from "@/lib/observability/logger";
import { withoutTokens } from "./auth-hooks";
import { sessionFields, userFields } from "./auth-schema";
import { exposedEndpoints } from "./exposed-endpoints";
import { consumeAuthRequest } from "./limit-auth-requests";
import { hashForRequest, verifyForRequest } from "./request-passwords";
import { sessionCookieName } from "./session-cookie";

type AuthOptions = {
  env: Pick<Env, "gatehouseUrl">;
  /** What cookies are signed with. */
  secret: string;
  /** The origins of our own pages. */
  origins: string[];
  database: NonNullable<BetterAuthOptions["database"]>;
  sendResetLink: (user: { email: string; name: string }, token: string) => Promise<void>;
  /** Is given work that may go on after the answer. */
  inBackground: (work: Promise<unknown>) => void;
};

/** Every setting of Better Auth: whatever its defaults would open, keep or print is decided here. */
export function authOptions({ env, secret, origins, database, sendResetLink, inBackground }: AuthOptions) {
  return {
    appName: "Gatehouse",
    baseURL: env.gatehouseUrl,
    basePath: "/api/auth",
    secret,
    database,
    trustedOrigins: origins,
    disabledPaths: closedEndpointPaths(),
    telemetry: { enabled: false },
    logger: {
      log: (level, message) => logger.get()[level === "error" ? "warn" : "debug"]({ betterAuth: true }, message),
    },
    // Explicit, because it is off by default outside of production. Window and number are not looked at: the rule is ours.
    rateLimit: { enabled: true, customStorage: { consume: consumeAuthRequest } },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      // Both bounds are the password policy's, in characters; these count UTF-16 units and only must not be narrower.
      minPasswordLength: 1,
      maxPasswordLength: 1_024,
      resetPasswordTokenExpiresIn: resetSeconds,
      // Ending sessions is done beneath, by the epoch; Better Auth's way stops at a hundred.
      revokeSessionsOnPasswordReset: false,
      password: { hash: hashForRequest, verify: ({ hash, password }) => verifyForRequest(password, hash) },
      sendResetPassword: ({ user, token }) => sendResetLink(user, token),
    },
    user: { additionalFields: userFields },
    session: {
      additionalFields: sessionFields,
      // The longest of our limits; the row carries the session's own, which nothing extends.
      expiresIn: 30 * 24 * 3600,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    account: { encryptOAuthTokens: true, accountLinking: { enabled: false } },
    verification: { storeIdentifier: "hashed", disableCleanup: true },
    // Otherwise what is no APIError is printed to the console and lost to our own answer.
    onAPIError: { throw: true },
    hooks: { after: withoutTokens },
    advanced: {
      ...cookieSettings(env),
      database: { generateId: () => newId() },
      backgroundTasks: { handler: inBackground },
      // Explicit, because both are off by default where NODE_ENV is "test".
      disableCSRFCheck: false,
      disableOriginCheck: false,
      // Without an address it limits nobody; the header is our server's, whatever a client sent under its name.
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
  } satisfies BetterAuthOptions;
}

/** Seconds for which the link of a reset mail works. */
export const resetSeconds = 3600;

// The prefix __Host- asks for Secure, Path=/ and no Domain; Better Auth's own switch would put __Secure- before it.
function cookieSettings(env: AuthOptions["env"]) {
  const attributes = {
    secure: env.gatehouseUrl.startsWith("https:"),
    httpOnly: true,
    sameSite: "lax",
    path: "/",
  } as const;
  return {
    useSecureCookies: false,
    cookiePrefix: "gatehouse",
    defaultCookieAttributes: attributes,
    cookies: { session_token: { name: sessionCookieName(env), attributes } },
  };
}

// Read from the installed version, so that a path which an upgrade brings is closed until somebody opens it.
function closedEndpointPaths(): string[] {
  const served = new Set<string>(exposedEndpoints.map(({ path }) => path));
  return allEndpointPaths().filter((path) => !served.has(path));
}

/** Every path that the installed Better Auth would serve. */
export function allEndpointPaths(): string[] {
  const { api } = getEndpoints(new Promise(() => undefined), {});
  return Object.values(api).flatMap((endpoint) => (typeof endpoint.path === "string" ? [endpoint.path] : []));
}
