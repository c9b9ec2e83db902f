import type { AuditAction } from "@/lib/audit/audit-events";

/** What an overview tells of the log besides refusals: acts that open, close or change who may do what. */
export const securityActions: readonly AuditAction[] = [
  "session.revoke",
  "user.lock",
  "user.unlock",
  "user.delete",
  "password.reset",
  "impersonation.start",
  "impersonation.stop",
  "tenant.create",
  "tenant.suspend",
  "tenant.resume",
  "tenant.delete",
  "tenant.restore",
  "tenant.purge",
  "policy.update",
  "member.remove",
  "role.create",
  "role.update",
  "role.delete",
  "role.assign",
  "role.unassign",
  "api-key.create",
  "api-key.rotate",
  "api-key.revoke",
  "platform.set-up",
];
