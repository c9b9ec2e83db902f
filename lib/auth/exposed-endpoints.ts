/** A path below `/api/auth` and what it answers to. */
export type ExposedEndpoint = { method: "GET" | "POST"; path: string };

/** All of Better Auth that is served. Whatever is not here is disabled in Better Auth and refused before it. */
export const exposedEndpoints = [
  { method: "POST", path: "/sign-in/email" },
  { method: "POST", path: "/sign-out" },
  { method: "GET", path: "/get-session" },
  { method: "POST", path: "/request-password-reset" },
  { method: "POST", path: "/reset-password" },
] as const satisfies readonly ExposedEndpoint[];

/** Paths of Better Auth that were looked at and stay closed; one that is in neither list fails a test. */
export const closedPaths: readonly string[] = [
  "/account-info",
  "/callback/:id",
  "/change-email",
  "/change-password",
  "/delete-user",
  "/delete-user/callback",
  "/error",
  "/get-access-token",
  "/link-social",
  "/list-accounts",
  "/list-sessions",
  "/ok",
  "/refresh-token",
  "/reset-password/:token",
  "/revoke-other-sessions",
  "/revoke-session",
  "/revoke-sessions",
  "/send-verification-email",
  "/sign-in/social",
  "/sign-up/email",
  "/unlink-account",
  "/update-session",
  "/update-user",
  "/verify-email",
  "/verify-password",
];
