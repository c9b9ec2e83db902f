import { AppError } from "@/lib/errors/app-error";
import { defineCommand } from "@/lib/operations/define-operation";
import { newApiKeySecret } from "./api-key-secret";
import { lockApiKey, readApiKey } from "./read-api-key";
import { type ApiKeyRow, updateSecret } from "./repository";
import { apiKeyWithSecret, rotateApiKeyInput } from "./schemas";

/**
 * Replaces a key by another with the same permissions and expiry; the old one is accepted for a while yet. For its owner
 * alone: anybody else would hold a key that acts for the owner.
 */
export const rotateApiKey = defineCommand({
  name: "rotateApiKey",
  summary: "Rotate an API key",
  scope: "either",
  permission: "api-keys.create",
  readPermission: "api-keys.read",
  audit: "api-key.rotate",
  stepUp: true,
  input: rotateApiKeyInput,
  output: apiKeyWithSecret,
  run: async ({ ctx, tx }, { keyId, overlapSeconds }) => {
    const key = await lockApiKey(tx, keyId);
    if (ctx.actor.type !== "user" || ctx.actor.id !== key.ownerId) {
      throw new AppError("FORBIDDEN", "Only its owner can rotate a key. Revoke it instead, and make one of your own.");
    }
    assertActive(key);
    const { secret, prefix, hash } = newApiKeySecret();
    const previousUntil = new Date(Date.now() + overlapSeconds * 1_000);
    await updateSecret(tx, { id: key.id, prefix, secretHash: hash, previousUntil });
    return {
      result: { ...(await readApiKey(tx, key.id)), secret },
      event: {
        target: { type: "api-key", id: key.id, name: key.name },
        details: { previousValidUntil: previousUntil.toISOString() },
      },
    };
  },
});

function assertActive({ revokedAt, isExpired }: ApiKeyRow): void {
  if (revokedAt === null && !isExpired) return;
  throw new AppError("CONFLICT", "This key has run out or was revoked. Make a new one.");
}
