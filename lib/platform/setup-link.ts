import { createHash, randomBytes } from "node:crypto";
import type { Env } from "@/lib/config/env";
import { withScope } from "@/lib/db/scoped-transaction";
import { hasOwner } from "./owner-role";
import { lockPlatform, updateSetupLink } from "./repository";

/** Seconds for which a set-up link works; the next start prints another. */
const lifetimeSeconds = 24 * 3600;

/**
 * A one-time link for whoever starts Gatehouse to make the first owner; null where there is one. Only its hash is kept.
 * A new link replaces the one before.
 */
export async function issueSetupLink({ gatehouseUrl }: Pick<Env, "gatehouseUrl">): Promise<string | null> {
  const token = randomBytes(32).toString("base64url");
  const isNeeded = await withScope({ kind: "platform" }, async (tx) => {
    await lockPlatform(tx);
    if (await hasOwner(tx)) return false;
    await updateSetupLink(tx, { tokenHash: hashSetupToken(token), lifetimeSeconds });
    return true;
  });
  return isNeeded ? `${gatehouseUrl}/setup?token=${token}` : null;
}

/** The form in which a set-up token is stored: SHA-256, hex. */
export function hashSetupToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
