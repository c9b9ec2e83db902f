import type { Env } from "@/lib/config/env";
import { withScope } from "@/lib/db/scoped-transaction";
import { hashLinkToken, linkUrl, newLinkToken } from "@/lib/one-time-links/link-token";
import { hasOwner } from "./owner-role";
import { lockPlatform, updateSetupLink } from "./repository";

/** Seconds for which a set-up link works; the next start prints another. */
const lifetimeSeconds = 24 * 3600;

/**
 * A one-time link for whoever starts Gatehouse to make the first owner; null where there is one. Only its hash is kept.
 * A new link replaces the one before.
 */
export async function issueSetupLink(env: Pick<Env, "gatehouseUrl">): Promise<string | null> {
  const token = newLinkToken();
  const isNeeded = await withScope({ kind: "platform" }, async (tx) => {
    await lockPlatform(tx);
    if (await hasOwner(tx)) return false;
    await updateSetupLink(tx, { tokenHash: hashLinkToken(token), lifetimeSeconds });
    return true;
  });
  return isNeeded ? linkUrl(env, "/setup", token) : null;
}
