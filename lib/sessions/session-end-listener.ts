import type { EndedSessions, SessionEndListener } from "@/lib/auth/session-end-listener";
import { type FenceTarget, standFences, unlinkEntries } from "./session-fences";
import { findAliveTokenHashes } from "./session-store";
import { endedAtOnceMax } from "./session-windows";

/** Fences what Better Auth ends (a sign-out, a changed password) before its commit and after it, like a revocation. */
export function createSessionEndListener(): SessionEndListener {
  // After the commit the rows are gone, and with them the hashes.
  const targets = new WeakMap<EndedSessions, FenceTarget>();
  return {
    before: async (ended) => {
      const target = await toTarget(ended);
      targets.set(ended, target);
      await standFences(target);
    },
    after: async (ended) => {
      const target = targets.get(ended) ?? ("tokenHash" in ended ? { tokenHashes: [ended.tokenHash] } : "all");
      await standFences(target);
      await unlinkEntries(target);
    },
  };
}

async function toTarget(ended: EndedSessions): Promise<FenceTarget> {
  if ("tokenHash" in ended) return { tokenHashes: [ended.tokenHash] };
  const tokenHashes = await findAliveTokenHashes(ended.userId, endedAtOnceMax + 1);
  return tokenHashes.length > endedAtOnceMax ? "all" : { tokenHashes };
}
