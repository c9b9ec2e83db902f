import { z } from "zod";
import { roleLimit, roleLimitsInput } from "./limit-schemas";
import { concurrentSessionsMax, sessionAbsoluteSeconds, sessionIdleSeconds } from "./session-limit-input";

/** Kinds of characters that a password may be asked to have. */
export const passwordClasses = ["lower", "upper", "digit", "symbol"] as const;

/** A member of `passwordClasses`. */
export type PasswordClass = (typeof passwordClasses)[number];

/** Ways to sign in. */
export const signInMethods = ["password"] as const;

/** What happens to a sign-in beyond the cap: it is refused, or the oldest session ends. */
export const sessionCapModes = ["refuse-newest", "end-oldest"] as const;

/** Seconds for which a proof of identity counts as fresh where nobody asks for less (OWASP ASVS 5.0 V7.5.3). */
export const reauthenticationSecondsMax = 300;

const range = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], "An address or a CIDR range.");
const unique = <Item>(items: Item[]) => [...new Set(items)];

const rules = {
  sessionIdleSeconds,
  sessionAbsoluteSeconds,
  concurrentSessionsMax,
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
  rememberMeAllowed: z
    .boolean()
    .describe("Whether people may stay signed in: if not, sessions last a day at most and end with the browser."),
  reauthenticationSeconds: z
    .number()
    .int()
    .min(60)
    .max(reauthenticationSecondsMax)
    .describe("How old a proof of identity may be for acts that ask for a fresh one."),
  sessionHistoryDays: z
    .number()
    .int()
    .min(30)
    .max(3_650)
    .describe("Days for which ended sessions are kept; of a tenant, those of the people at home there."),
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
  rememberMeAllowed: z.boolean().nullable(),
  reauthenticationSeconds: z.number().int().nullable(),
  sessionHistoryDays: z.number().int().nullable(),
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
  rememberMeAllowed: z.boolean(),
  reauthenticationSeconds: z.number().int(),
  sessionHistoryDays: z.number().int().describe("A tenant's own days count for its people, fewer or more."),
});

/** What holds: the strictest of what the code, the platform and the tenant say. */
export type EffectivePolicy = z.output<typeof effectivePolicy>;

/** The rules of the caller's scope. */
export const policy = z.object({
  own: policyValues.describe("What this scope says itself; null: as the platform."),
  platform: effectivePolicy.describe("What holds everywhere: a tenant may only be stricter."),
  effective: effectivePolicy.describe("What holds in this scope."),
  roleLimits: z
    .array(roleLimit)
    .describe(
      "The built-in roles, and those of one's own that have limits; on the platform also tenants' built-in ones.",
    ),
});

/** The rules of the caller's scope. */
export type Policy = z.output<typeof policy>;

/** The rules after a change. */
export const updatedPolicy = policy.extend({
  sessionsTightened: z
    .object({ count: z.number().int(), pending: z.boolean() })
    .describe("Sessions that were shortened to the new limits at once, and whether a job is shortening more."),
});

/** The scope names the rules; `roleId` names a role whose limits are to be among them although it has none. */
export const getPolicyInput = z.strictObject({ roleId: z.string().min(1).max(200).optional() });

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
    rememberMeAllowed: rules.rememberMeAllowed.nullable().optional(),
    reauthenticationSeconds: rules.reauthenticationSeconds.nullable().optional(),
    sessionHistoryDays: rules.sessionHistoryDays.nullable().optional(),
    roleLimits: roleLimitsInput.optional(),
  })
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), {
    message: "Name at least one field to change.",
    path: ["sessionIdleSeconds"],
  });

/** What changes about the rules. */
export type UpdatePolicyInput = z.output<typeof updatePolicyInput>;

/** What a change of the rules would do to the sessions that are alive now. */
export const policyPreview = z.object({
  shortened: z.number().int().describe("Live sessions that would get shorter, counted up to 1,000; includes `ended`."),
  ended: z.number().int().describe("Of those counted, the ones that would be over at once."),
  capped: z.boolean().describe("Whether there are more."),
});

/** What a change of the rules would do to the sessions that are alive now. */
export type PolicyPreview = z.output<typeof policyPreview>;
