import { prismaClient } from "@/lib/db/prisma-client";
import { toAppError } from "@/lib/db/prisma-errors";
import type { SessionEnd } from "@/lib/sessions/end-schemas";
import { sessionEndReasons } from "@/lib/sessions/schemas";
import { readSessionCookie } from "./session-cookie";

type EndRow = Omit<SessionEnd, "reason" | "endedAt"> & { reason: string; endedAt: Date | null };

/**
 * Why the session of a `Cookie` header is over; null for one that lives, that never was or that nobody remembers, and for a
 * cookie that we have not signed: only who held the session is told. Throws `UNAVAILABLE`.
 */
export async function findSessionEnd(cookieHeader: string | null): Promise<SessionEnd | null> {
  const tokenHash = readSessionCookie(cookieHeader);
  if (tokenHash === null) return null;
  try {
    const [row] = await prismaClient.get().$queryRaw<EndRow[]>`
      select reason, ended_at as "endedAt", ended_by as "endedBy", idle_seconds as "idleSeconds",
        lasted_seconds as "lastedSeconds", sessions_max as "sessionsMax"
      from gatehouse.find_session_end(${tokenHash})`;
    return row ? toSessionEnd(row) : null;
  } catch (error) {
    throw toAppError(error);
  }
}

function toSessionEnd({ reason, endedAt, ...rest }: EndRow): SessionEnd {
  return {
    ...rest,
    reason: sessionEndReasons.find((known) => known === reason) ?? "unknown",
    endedAt: endedAt?.toISOString() ?? null,
  };
}
