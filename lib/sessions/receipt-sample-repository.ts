import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { TriedSession } from "./receipt-schemas";

/** A session that is about to end and will be tried afterwards, as the receipt is to show it. */
export type SampledSession = { tokenHash: string; shown: Omit<TriedSession, "triedAt" | "accepted"> };

/** What receipts show of these sessions, read before their rows go. */
export async function findSampled(tx: ScopedTx, sessions: { id: string }[]): Promise<SampledSession[]> {
  if (sessions.length === 0) return [];
  const ids = sessions.map(({ id }) => id);
  const rows = await tx.$queryRaw<SampleRow[]>`
    select s.id::text as id, s.token_hash as "tokenHash", u.id::text as "userId", u.name, u.email, s.device, s.browser, s.os,
      host(s.ip_address) as "ipAddress"
    from session s join "user" u on u.id = s.user_id where s.id = any(${ids}::uuid[]) order by s.id`;
  return rows.map(({ id, tokenHash, userId, name, email, ...origin }) => ({
    tokenHash,
    shown: { sessionId: id, user: { id: userId, name, email }, ...origin },
  }));
}

type SampleRow = {
  id: string;
  tokenHash: string;
  userId: string;
  name: string;
  email: string;
  device: string | null;
  browser: string | null;
  os: string | null;
  ipAddress: string | null;
};
