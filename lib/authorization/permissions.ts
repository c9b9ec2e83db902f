/** The closed catalogue of what can be allowed: `plural.verb` → one line for people, and the scopes in which it exists. */
export const permissions = {
  "users.read": { summary: "List and read users", scopes: ["platform", "tenant"] },
  "users.create": { summary: "Create users", scopes: ["platform", "tenant"] },
  "users.update": { summary: "Change a user's name and details", scopes: ["platform", "tenant"] },
  "users.lock": { summary: "Lock and unlock users", scopes: ["platform", "tenant"] },
  "users.delete": { summary: "Delete users", scopes: ["platform", "tenant"] },
  "sessions.read": { summary: "List sessions and their history", scopes: ["platform", "tenant"] },
  "sessions.revoke": { summary: "End sessions", scopes: ["platform", "tenant"] },
  "receipts.read": { summary: "Read revocation receipts", scopes: ["platform", "tenant"] },
  "audit.read": { summary: "Read the audit log", scopes: ["platform", "tenant"] },
  "mailbox.read": { summary: "Read captured mail", scopes: ["platform"] },
} as const satisfies Record<string, { summary: string; scopes: readonly ("platform" | "tenant")[] }>;

/** A member of the catalogue. */
export type Permission = keyof typeof permissions;

/** The catalogue as a list. */
export const allPermissions = Object.keys(permissions) as Permission[];
