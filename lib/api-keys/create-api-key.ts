import type { Permission } from "@/lib/authorization/permissions";
import { newId } from "@/lib/db/new-id";
import { AppError } from "@/lib/errors/app-error";
import { defineCommand } from "@/lib/operations/define-operation";
import type { RequestContext } from "@/lib/operations/request-context";
import { newApiKeySecret } from "./api-key-secret";
import { keyPermissionsOf } from "./key-permissions";
import { readApiKey } from "./read-api-key";
import { insert } from "./repository";
import { apiKeyWithSecret, createApiKeyInput } from "./schemas";

const day = 24 * 3_600_000;
const lifeDefault = 90 * day;
const lifeMax = 365 * day;

/** Makes a key that acts for the caller, with a part of what the caller may do. The key itself is in this answer alone. */
export const createApiKey = defineCommand({
  name: "createApiKey",
  summary: "Create an API key",
  scope: "either",
  permission: "api-keys.create",
  readPermission: "api-keys.read",
  audit: "api-key.create",
  stepUp: true,
  input: createApiKeyInput,
  output: apiKeyWithSecret,
  run: async ({ ctx, tx }, { name, permissions, expiresAt: wanted }) => {
    const expiresAt = toExpiry(wanted);
    assertWithinOwn(ctx, permissions);
    const id = newId();
    const { secret, prefix, hash } = newApiKeySecret();
    const tenantId = ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null;
    const allowed = [...new Set(permissions)].sort();
    await insert(tx, {
      id,
      tenantId,
      ownerId: toOwnerId(ctx),
      name,
      prefix,
      secretHash: hash,
      permissions: allowed,
      expiresAt,
    });
    return {
      result: { ...(await readApiKey(tx, id)), secret },
      event: {
        target: { type: "api-key", id, name },
        details: { permissions: allowed, expiresAt: expiresAt.toISOString() },
      },
    };
  },
});

function toOwnerId({ actor }: RequestContext): string {
  if (actor.type === "user") return actor.id;
  throw new AppError("FORBIDDEN", "A key acts for a person: sign in to make one.");
}

function assertWithinOwn({ grants, scope }: RequestContext, wanted: readonly Permission[]): void {
  const possible = new Set<Permission>(keyPermissionsOf(scope.kind === "tenant" ? "tenant" : "platform"));
  const impossible = wanted.filter((name) => !possible.has(name));
  if (impossible.length > 0) {
    const message = `No key of this scope can carry: ${impossible.join(", ")}.`;
    throw new AppError("INVALID_INPUT", message, { errors: [{ path: "permissions", message }] });
  }
  const beyond = wanted.filter((name) => !grants.permissions.has(name));
  if (beyond.length === 0) return;
  throw new AppError("FORBIDDEN", `A key may do no more than you. You do not hold: ${beyond.join(", ")}.`);
}

function toExpiry(wanted: string | undefined): Date {
  const now = Date.now();
  if (wanted === undefined) return new Date(now + lifeDefault);
  const at = Date.parse(wanted);
  if (at > now && at <= now + lifeMax) return new Date(at);
  const message = "Must be in the future, at most a year ahead.";
  throw new AppError("INVALID_INPUT", "Some fields are not acceptable. Correct them and try again.", {
    errors: [{ path: "expiresAt", message }],
  });
}
