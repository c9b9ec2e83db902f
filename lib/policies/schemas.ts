import { z } from "zod";

/** Kinds of characters that a password may be asked to have. */
export const passwordClasses = ["lower", "upper", "digit", "symbol"] as const;

/** A member of `passwordClasses`. */
export type PasswordClass = (typeof passwordClasses)[number];

/** Ways to sign in. */
export const signInMethods = ["password"] as const;

/** What happens to a sign-in beyond the cap: it is refused, or the oldest session ends. */
export const sessionCapModes = ["refuse-newest", "end-oldest"] as const;

const range = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], "An address or a CIDR range.");
const unique = <Item>(items: Item[]) => [...new Set(items)];

const rules = {
  sessionIdleSeconds: z.number().int().min(60).max(604_800).describe("Longest time between two requests."),
  sessionAbsoluteSeconds: z.number().int().min(300).max(2_592_000).describe("Longest time from the sign-in on."),
  concurrentSessionsMax: z.number().int().min(1).max(1_000).describe("Sessions that one person may have at a time."),
  concurrentSessionsMode: z.enum(sessionCapModes).describe("What happens to a sign-in beyond the cap."),
  secondFactorRequired: z.boolean().describe("Whether entering takes a second factor."),
  passwordLengthMin: z.number().int().min(12).max(64).describe("Characters of a new password."),
  passwordComposition: z
    .array(z.enum(passwordClasses))
    .max(10)
    .transform(unique)
    .describe("Kinds of characters that a new password must have."),
  signInMethods: z.array(z.enum(signInMethods)).min(1).max(10).transform(unique).describe("Accepted ways to sign in."),
  allowedAddresses: z
    .array(range)
    .max(200)
    .transform(unique)
    .describe("Addresses and ranges from which people may enter; empty: any."),
  auditRetentionDays: z.number().int().min(30).max(3_650).describe("Days for which audit events are kept at least."),
};

/** What one scope says itself; null: nothing. */
export const policyValues = z.object({
  sessionIdleSeconds: z.number().int().nullable(),
  sessionAbsoluteSeconds: z.number().int().nullable(),
  concurrentSessionsMax: z.number().int().nullable(),
  concurrentSessionsMode: z.enum(sessionCapModes).nullable(),
  secondFactorRequired: z.boolean().nullable(),
  passwordLengthMin: z.number().int().nullable(),
  passwordComposition: z.array(z.enum(passwordClasses)).nullable(),
  signInMethods: z.array(z.enum(signInMethods)).nullable(),
  allowedAddresses: z.array(z.string()).nullable(),
  auditRetentionDays: z.number().int().nullable(),
});

/** What one scope says itself. */
export type PolicyValues = z.output<typeof policyValues>;

/** What holds: the strictest of what the code, the platform and the tenant say. */
export const effectivePolicy = z.object({
  sessionIdleSeconds: z.number().int().describe("People who administer others have at most 30 minutes in any case."),
  sessionAbsoluteSeconds: z.number().int().describe("People who administer others have at most 12 hours in any case."),
  concurrentSessionsMax: z.number().int().nullable().describe("Null: no cap."),
  concurrentSessionsMode: z.enum(sessionCapModes),
  secondFactorRequired: z.boolean(),
  passwordLengthMin: z.number().int(),
  passwordComposition: z.array(z.enum(passwordClasses)),
  signInMethods: z.array(z.enum(signInMethods)),
  allowedAddresses: z.array(z.string()).nullable().describe("Null: any."),
  auditRetentionDays: z.number().int(),
});

/** What holds: the strictest of what the code, the platform and the tenant say. */
export type EffectivePolicy = z.output<typeof effectivePolicy>;

/** The rules of the caller's scope. */
export const policy = z.object({
  own: policyValues.describe("What this scope says itself; null: as the platform."),
  platform: effectivePolicy.describe("What holds everywhere: a tenant may only be stricter."),
  effective: effectivePolicy.describe("What holds in this scope."),
});

/** The rules of the caller's scope. */
export type Policy = z.output<typeof policy>;

/** The rules after a change. */
export const updatedPolicy = policy.extend({
  sessionsTightened: z
    .object({ count: z.number().int(), pending: z.boolean() })
    .describe("Sessions that were shortened to the new limits at once, and whether a job is shortening more."),
});

/** Takes no input: the scope names the rules. */
export const getPolicyInput = z.strictObject({});

/** What changes about the rules: what is left out stays, null takes this scope's own rule back. */
export const updatePolicyInput = z
  .strictObject({
    sessionIdleSeconds: rules.sessionIdleSeconds.nullable().optional(),
    sessionAbsoluteSeconds: rules.sessionAbsoluteSeconds.nullable().optional(),
    concurrentSessionsMax: rules.concurrentSessionsMax.nullable().optional(),
    concurrentSessionsMode: rules.concurrentSessionsMode.nullable().optional(),
    secondFactorRequired: rules.secondFactorRequired.nullable().optional(),
    passwordLengthMin: rules.passwordLengthMin.nullable().optional(),
    passwordComposition: rules.passwordComposition.nullable().optional(),
    signInMethods: rules.signInMethods.nullable().optional(),
    allowedAddresses: rules.allowedAddresses.nullable().optional(),
    auditRetentionDays: rules.auditRetentionDays.nullable().optional(),
  })
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), {
    message: "Name at least one field to change.",
    path: ["sessionIdleSeconds"],
  });

/** What changes about the rules. */
export type UpdatePolicyInput = z.output<typeof updatePolicyInput>;
