import { z } from "zod";

/**
 * The closed catalogue of audit actions: `singular.verb` → what kind of thing it is about, and the shape of its
 * `details`. An action that is not here cannot be written.
 */
export const auditActions = {
  "session.create": {
    target: "user",
    details: z.object({
      method: z.string(),
      sessionId: z.string().optional(),
      email: z.string().optional(),
      cause: z.string().optional(),
      rule: z.string().optional(),
      blockId: z.string().optional(),
    }),
  },
  "sign-in.lock": {
    target: "user",
    details: z.object({ email: z.string(), failures: z.number(), until: z.string().nullable() }),
  },
  "sign-in.unlock": {
    target: "user",
    details: z.object({ failures: z.number(), deviceFailures: z.number(), by: z.string() }),
  },
  "session.update": { target: "session", details: z.object({}) },
  "session.end": { target: "session", details: z.object({ userId: z.string(), reason: z.string() }) },
  "session.revoke": {
    target: null,
    details: z.object({ receiptId: z.string(), kind: z.string(), matched: z.number().nullable() }),
  },
  "session.disown": {
    target: "session",
    details: z.object({ userId: z.string(), receiptId: z.string().nullable(), matched: z.number().nullable() }),
  },
  "user.create": { target: "user", details: z.object({ email: z.string(), roles: z.array(z.string()).optional() }) },
  "user.update": { target: "user", details: z.object({}) },
  "user.lock": {
    target: "user",
    details: z.object({ until: z.string().nullable(), receiptId: z.string().optional() }),
  },
  "user.unlock": { target: "user", details: z.object({}) },
  "user.delete": { target: "user", details: z.object({ email: z.string(), receiptId: z.string().optional() }) },
  "account.create": { target: "user", details: z.object({ providerId: z.string() }) },
  "account.update": { target: "user", details: z.object({ providerId: z.string() }) },
  "account.delete": { target: "user", details: z.object({ providerId: z.string() }) },
  "password.request-reset": { target: "user", details: z.object({}) },
  "password.reset": { target: "user", details: z.object({}) },
  "password.rehash": { target: "user", details: z.object({}) },
  "verification.create": { target: null, details: z.object({}) },
  "verification.update": { target: null, details: z.object({}) },
  "verification.delete": { target: null, details: z.object({}) },
  "impersonation.start": {
    target: "user",
    details: z.object({ sessionId: z.string(), expiresAt: z.string() }),
  },
  "impersonation.stop": { target: "user", details: z.object({ sessionId: z.string() }) },
  "session.enter-tenant": { target: "user", details: z.object({ sessionId: z.string() }) },
  "tenant.create": { target: "tenant", details: z.object({ slug: z.string() }) },
  "tenant.update": { target: "tenant", details: z.object({}) },
  "tenant.suspend": { target: "tenant", details: z.object({ receiptId: z.string() }) },
  "tenant.resume": { target: "tenant", details: z.object({}) },
  "tenant.delete": { target: "tenant", details: z.object({ slug: z.string(), deletesAt: z.string() }) },
  "tenant.restore": { target: "tenant", details: z.object({}) },
  "tenant.purge": { target: "tenant", details: z.object({ slug: z.string() }) },
  "policy.update": { target: null, details: z.object({}) },
  "invitation.create": {
    target: "invitation",
    details: z.object({ email: z.string(), roles: z.array(z.string()), expiresAt: z.string() }),
  },
  "invitation.resend": { target: "invitation", details: z.object({ email: z.string(), expiresAt: z.string() }) },
  "invitation.revoke": { target: "invitation", details: z.object({ email: z.string() }) },
  "invitation.accept": {
    target: "invitation",
    details: z.object({ email: z.string(), userId: z.string(), roles: z.array(z.string()), isNewUser: z.boolean() }),
  },
  "member.remove": { target: "user", details: z.object({ receiptId: z.string() }) },
  "member.leave": { target: "user", details: z.object({ receiptId: z.string() }) },
  "role.create": { target: "role", details: z.object({ key: z.string(), permissions: z.array(z.string()) }) },
  "role.update": { target: "role", details: z.object({ key: z.string() }) },
  "role.delete": {
    target: "role",
    details: z.object({ key: z.string(), replacedBy: z.string().nullable(), holders: z.number() }),
  },
  "role.assign": { target: "user", details: z.object({ roleId: z.string(), role: z.string() }) },
  "role.unassign": { target: "user", details: z.object({ roleId: z.string(), role: z.string() }) },
  "saved-view.create": { target: "saved-view", details: z.object({ list: z.string(), shared: z.boolean() }) },
  "saved-view.update": { target: "saved-view", details: z.object({ list: z.string(), shared: z.boolean() }) },
  "saved-view.delete": { target: "saved-view", details: z.object({ list: z.string(), shared: z.boolean() }) },
  "api-key.create": {
    target: "api-key",
    details: z.object({ permissions: z.array(z.string()), expiresAt: z.string().nullable() }),
  },
  "api-key.rotate": { target: "api-key", details: z.object({ previousValidUntil: z.string() }) },
  "api-key.revoke": { target: "api-key", details: z.object({}) },
  "rate-limit-rule.update": { target: "rate-limit-rule", details: z.object({}) },
  "rate-limit-block.create": {
    target: null,
    details: z.object({ blockId: z.string(), dimension: z.string(), blockedUntil: z.string() }),
  },
  "rate-limit-block.delete": {
    target: null,
    details: z.object({
      blockId: z.string(),
      rule: z.string().nullable(),
      dimension: z.string(),
      blockedUntil: z.string().nullable(),
    }),
  },
  "rate-limit-exemption.create": {
    target: null,
    details: z.object({ exemptionId: z.string(), cidr: z.string().nullable(), expiresAt: z.string() }),
  },
  "rate-limit-exemption.delete": {
    target: null,
    details: z.object({ exemptionId: z.string(), cidr: z.string().nullable(), expiresAt: z.string() }),
  },
  "platform.set-up": { target: "user", details: z.object({ email: z.string() }) },
  "audit.read": { target: null, details: z.object({ filters: z.record(z.string(), z.unknown()) }) },
  "mailbox.read": { target: null, details: z.object({}) },
} as const satisfies Record<string, { target: string | null; details: z.ZodType }>;

/** A member of the catalogue. */
export type AuditAction = keyof typeof auditActions;

/** How it ended: done, refused by a rule, or attempted and failed. */
export type AuditOutcome = "success" | "denied" | "failure";

/** What an event is about; `name` is frozen as it is now. */
export type AuditTarget = { type: string; id: string; name: string | null };

/** Values of one field before and after; secrets never appear, only `"[redacted]"`. */
export type AuditChanges = Record<string, { before: unknown; after: unknown }>;

/** One event of one action as it is stated; who, where and when are added from the request's context. */
export type AuditEntryOf<Action extends AuditAction> = {
  action: Action;
  /** `success` when left out. */
  outcome?: AuditOutcome;
  target: AuditTarget | null;
  reason?: string | null;
  changes?: AuditChanges | null;
  /** As the action's schema declares; a refused or failed attempt carries `{ code }` instead. */
  details?: z.infer<(typeof auditActions)[Action]["details"]> | { code: string } | null;
  /** The tenant concerned, where it is not the scope's own. */
  tenantId?: string | null;
};

/** One event of any action. */
export type AuditEntry = { [Action in AuditAction]: AuditEntryOf<Action> }[AuditAction];
