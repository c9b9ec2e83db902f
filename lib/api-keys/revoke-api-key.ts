import { z } from "zod";
import { assertManageable } from "@/lib/authorization/assert-manageable";
import { isSelf } from "@/lib/authorization/is-self";
import { defineCommand } from "@/lib/operations/define-operation";
import type { RequestContext } from "@/lib/operations/request-context";
import { lockApiKey } from "./read-api-key";
import { updateRevoked } from "./repository";
import { apiKeyIdInput } from "./schemas";

/** Revokes a key, and its predecessor with it: neither is accepted again. One that is revoked already stays so. */
export const revokeApiKey = defineCommand({
  name: "revokeApiKey",
  summary: "Revoke an API key",
  scope: "either",
  permission: "api-keys.revoke",
  readPermission: "api-keys.read",
  audit: "api-key.revoke",
  input: apiKeyIdInput,
  output: z.null(),
  run: async (tools, { keyId }) => {
    const { ctx, tx } = tools;
    const key = await lockApiKey(tx, keyId);
    if (!isSelf(ctx, key.ownerId)) await assertManageable(tools, key.ownerId);
    if (key.revokedAt !== null) return { result: null, event: null };
    await updateRevoked(tx, key.id, toRevoker(ctx));
    return {
      result: null,
      event: { target: { type: "api-key", id: key.id, name: key.name }, details: {} },
    };
  },
});

function toRevoker({ actor }: RequestContext): { type: string; id: string | null; name: string } {
  return { type: actor.type, id: actor.id, name: actor.type === "user" ? actor.email : actor.name };
}
