import { APIError, createAuthMiddleware } from "better-auth/api";

/** After every endpoint: no answer carries a session token; it is in the cookie and nowhere else (ASVS V3.3). */
export const withoutTokens = createAuthMiddleware(async (ctx) => {
  const { returned } = ctx.context;
  if (typeof returned !== "object" || returned === null) return;
  if (returned instanceof APIError || returned instanceof Response || Array.isArray(returned)) return;
  return ctx.json(stripObject(returned));
});

function stripObject(value: object): Record<string, unknown> {
  const kept = Object.entries(value).filter(([name]) => name !== "token");
  return Object.fromEntries(kept.map(([name, member]) => [name, strip(member)]));
}

function strip(value: unknown): unknown {
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Array.isArray(value) ? value.map(strip) : stripObject(value);
}
