import { AppError } from "@/lib/errors/app-error";
import { metrics } from "@/lib/observability/metrics";
import { type CheckedSession, decodeCheckedSession, encodeCheckedSession } from "./checked-session";
import { sessionBreakers } from "./circuit-breaker";
import { ensureGrantsVersion } from "./grants-version";
import { lastSeen } from "./last-seen";
import { type CacheAnswer, fillCache, readCache, takeLease } from "./session-cache";
import { findAliveSession } from "./session-store";

/** A session that is alive at this moment. */
export type SessionCheck = {
  session: CheckedSession;
  /** Key under which what the holder may do can be kept in the process; null: it may not be kept. */
  grantsVersion: string | null;
};

/**
 * Whether the token with this hash is a live session, exactly: once a revocation has been answered, every instance
 * returns null. One Redis round trip when cached; Postgres otherwise. Throws `UNAVAILABLE` when neither can tell.
 */
export async function checkSession(tokenHash: string): Promise<SessionCheck | null> {
  const check = await tryToken(tokenHash);
  if (check) noteUse(check.session);
  return check;
}

// Whoever acts as somebody else is not away from their own session.
function noteUse({ sessionId, impersonatedBy }: CheckedSession): void {
  lastSeen.peek()?.note(sessionId);
  if (impersonatedBy) lastSeen.peek()?.note(impersonatedBy.sessionId);
}

/** The same check without counting as use by the holder: a revocation tries with it what it has ended. */
export async function tryToken(tokenHash: string): Promise<SessionCheck | null> {
  const cached = await readCache(tokenHash);
  const session = cached?.entry ? decodeCheckedSession(cached.entry) : null;
  if (cached && session) {
    count("cache");
    return { session, grantsVersion: cached.grantsVersion };
  }
  return checkInPostgres(tokenHash, cached);
}

async function checkInPostgres(tokenHash: string, cached: CacheAnswer | null): Promise<SessionCheck | null> {
  if (cached && cached.grantsVersion === null) await ensureGrantsVersion();
  const nonce = cached && !cached.fenced ? await takeLease(tokenHash) : null;
  const found = await askPostgres(tokenHash);
  if (!found) {
    count("refused");
    return null;
  }
  const { session, remainingMilliseconds } = found;
  // An impersonation is never cached: it ends with another session, whose fences do not name it.
  if (cached && nonce !== null && session.impersonatedBy === null) {
    await fillCache({ run: cached.run, tokenHash, nonce, entry: encodeCheckedSession(session), remainingMilliseconds });
  }
  count("postgres");
  return { session, grantsVersion: cached?.grantsVersion ?? null };
}

async function askPostgres(tokenHash: string): ReturnType<typeof findAliveSession> {
  const breaker = sessionBreakers.get().postgres;
  if (!breaker.admits()) throw unavailable();
  try {
    const found = await findAliveSession(tokenHash);
    breaker.succeeded();
    return found;
  } catch (error) {
    breaker.failed();
    throw unavailable(error);
  }
}

function unavailable(cause?: unknown): AppError {
  count("unavailable");
  return new AppError("UNAVAILABLE", "Nobody can tell right now whether this session is alive. Try again shortly.", {
    cause,
    retryAfterSeconds: 2,
  });
}

function count(answer: "cache" | "postgres" | "refused" | "unavailable"): void {
  metrics.get().sessionChecks.inc({ answer });
}
