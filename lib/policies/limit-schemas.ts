import { z } from "zod";
import { concurrentSessionsMax, sessionAbsoluteSeconds, sessionIdleSeconds } from "./session-limit-input";

/** Roles that one change may name. */
const rolesPerChangeMax = 100;

/** Limits of the sessions of whoever holds a role; null: none. */
export const sessionLimitValues = z.object({
  sessionIdleSeconds: z.number().int().nullable(),
  sessionAbsoluteSeconds: z.number().int().nullable(),
  concurrentSessionsMax: z.number().int().nullable(),
});

/** Limits of the sessions of whoever holds a role; null: none. */
export type SessionLimitValues = z.output<typeof sessionLimitValues>;

/** The limits of one role: what this scope says, what the platform says, and what holds together with the other rules. */
export const roleLimit = z.object({
  role: z.object({
    id: z.string(),
    scope: z.enum(["platform", "tenant"]),
    key: z.string(),
    name: z.string(),
    builtIn: z.boolean(),
  }),
  own: sessionLimitValues,
  platform: sessionLimitValues.describe("What the platform says about the role; a tenant may only be stricter."),
  effective: sessionLimitValues,
});

/** The limits of one role. */
export type RoleLimit = z.output<typeof roleLimit>;

/** What changes about the limits of roles: what is left out stays, null takes this scope's own limit back. */
export const roleLimitsInput = z
  .array(
    z.strictObject({
      roleId: z.string().min(1).max(200),
      sessionIdleSeconds: sessionIdleSeconds.nullable().optional(),
      sessionAbsoluteSeconds: sessionAbsoluteSeconds.nullable().optional(),
      concurrentSessionsMax: concurrentSessionsMax.nullable().optional(),
    }),
  )
  .min(1)
  .max(rolesPerChangeMax)
  .refine((changes) => new Set(changes.map(({ roleId }) => roleId.toLowerCase())).size === changes.length, {
    message: "Name each role once.",
  })
  .describe("Limits for whoever holds a role; the strictest of all that apply to a person counts.");

/** What changes about the limits of roles. */
export type RoleLimitsInput = z.output<typeof roleLimitsInput>;
