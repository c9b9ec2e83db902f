/** The closed catalogue of what can be allowed: `plural.verb` → one line for people, and the scopes in which it exists. */
export const permissions = {
  "users.read": { summary: "List and read users", scopes: ["platform", "tenant"] },
  "users.create": { summary: "Create users", scopes: ["platform", "tenant"] },
  "users.update": { summary: "Change a user's name and details", scopes: ["platform", "tenant"] },
  "users.lock": { summary: "Lock and unlock users", scopes: ["platform", "tenant"] },
  "users.delete": { summary: "Delete users", scopes: ["platform", "tenant"] },
  "users.impersonate": { summary: "Act as a user for a while", scopes: ["platform", "tenant"] },
  "members.remove": { summary: "Remove members from the tenant", scopes: ["tenant"] },
  "invitations.read": { summary: "List invitations", scopes: ["tenant"] },
  "invitations.create": { summary: "Invite people, and send invitations again", scopes: ["tenant"] },
  "invitations.revoke": { summary: "Withdraw invitations", scopes: ["tenant"] },
  "sessions.read": { summary: "List sessions and their history", scopes: ["platform", "tenant"] },
  "sessions.revoke": { summary: "End sessions", scopes: ["platform", "tenant"] },
  "receipts.read": { summary: "Read revocation receipts", scopes: ["platform", "tenant"] },
  "roles.read": { summary: "Read roles, permissions and who holds them", scopes: ["platform", "tenant"] },
  "roles.create": { summary: "Create roles", scopes: ["platform", "tenant"] },
  "roles.update": { summary: "Change roles", scopes: ["platform", "tenant"] },
  "roles.delete": { summary: "Delete roles", scopes: ["platform", "tenant"] },
  "roles.assign": { summary: "Give roles to people and take them away", scopes: ["platform", "tenant"] },
  "api-keys.read": { summary: "List API keys", scopes: ["platform", "tenant"] },
  "api-keys.create": { summary: "Create and rotate API keys", scopes: ["platform", "tenant"] },
  "api-keys.revoke": { summary: "Revoke API keys", scopes: ["platform", "tenant"] },
  "settings.read": { summary: "Read settings and policies", scopes: ["platform", "tenant"] },
  "settings.update": { summary: "Change settings and policies", scopes: ["platform", "tenant"] },
  "rate-limits.read": { summary: "Read rate limits, blocks and their history", scopes: ["platform", "tenant"] },
  "rate-limits.clear": { summary: "Clear blocks, block for a time, and exempt", scopes: ["platform", "tenant"] },
  "rate-limits.update": { summary: "Change the rules of the rate limits", scopes: ["platform"] },
  "audit.read": { summary: "Read the audit log", scopes: ["platform", "tenant"] },
  "tenants.read": { summary: "List and read tenants", scopes: ["platform"] },
  "tenants.create": { summary: "Create tenants", scopes: ["platform"] },
  "tenants.update": { summary: "Rename tenants", scopes: ["platform"] },
  "tenants.suspend": { summary: "Suspend and resume tenants", scopes: ["platform"] },
  "tenants.delete": { summary: "Delete tenants", scopes: ["platform"] },
  "mailbox.read": { summary: "Read captured mail", scopes: ["platform"] },
} as const satisfies Record<string, { summary: string; scopes: readonly ("platform" | "tenant")[] }>;

/** A member of the catalogue. */
export type Permission = keyof typeof permissions;

/** The catalogue as a list. */
export const allPermissions = Object.keys(permissions) as Permission[];

/** Whether a permission means anything in a scope. */
export function permissionExistsIn(name: Permission, scope: "platform" | "tenant"): boolean {
  const scopes: readonly string[] = permissions[name].scopes;
  return scopes.includes(scope);
}
