import type { ApiKey } from "@/lib/api-keys/schemas";
import type { ActionResult } from "@/lib/ui/action-result";

/** A key that has just been made or rotated, with itself. */
export type ApiKeyWithSecret = ApiKey & { secret: string };

/** The server actions that the API key pages hand to their forms. */
export type ApiKeyActions = {
  create: (input: {
    name: string;
    permissions: string[];
    expiresAt: string;
  }) => Promise<ActionResult<ApiKeyWithSecret>>;
  rotate: (input: { keyId: string; overlapSeconds: number }) => Promise<ActionResult<ApiKeyWithSecret>>;
  revoke: (input: { keyId: string }) => Promise<ActionResult<null>>;
};
