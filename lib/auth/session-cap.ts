import { setEndedBy } from "@/lib/db/scoped-transaction";
import { AppError } from "@/lib/errors/app-error";
import { metrics } from "@/lib/observability/metrics";
import { readHomePolicy } from "@/lib/policies/password-rules";
import { holdSessionRules, readSessionRules } from "@/lib/policies/session-rules";
import { recordEndedByCap } from "./auth-audit";
import { authRequestState } from "./auth-request-state";
import { endedBy, tellAround } from "./end-sessions-of-user";
import type { ObservedTransaction } from "./observed-transactions";
import type { SessionEndListener } from "./session-end-listener";

/** Sessions that one sign-in may end: the cap's own highest value. */
const endedMax = 1_000;

/**
 * Makes room for a new session where a rule of the platform, the home tenant or a role held there caps how many a person
 * may have (OWASP ASVS 5.0 V7.1.2): the oldest end, or the new one is refused. Two sign-ins at once queue for the person's
 * row. Throws `CONFLICT`.
 */
export async function holdToCap(
  transaction: ObservedTransaction,
  listener: SessionEndListener,
  userId: string,
): Promise<void> {
  const state = authRequestState();
  const user = state?.users.get(userId);
  if (!state || !user) return;
  const place = { userId, homeTenantId: user.homeTenantId, activeTenantId: null };
  const rules = await readSessionRules(transaction.tx, place);
  // The row is held to this by the database; the cookie is to end with the browser as well.
  if (!rules.rememberMe) state.rememberMe = false;
  if (rules.sessionsMax === null) return;
  const { sessionsMax: cap } = await holdSessionRules(transaction.tx, place);
  if (cap === null) return;
  const surplus = (await findOthers(transaction, userId, state.replaces)).slice(cap - 1);
  if (surplus.length === 0) return;
  const { concurrentSessionsMode: mode } = await readHomePolicy(transaction.tx, user.homeTenantId);
  if (mode === "refuse-newest") {
    state.cause = "session_cap";
    throw new AppError(
      "CONFLICT",
      `You are signed in ${cap} times, which is the most allowed. Sign out somewhere first.`,
    );
  }
  await setEndedBy(transaction.tx, endedBy("cap", userId));
  for (const { tokenHash } of surplus) await tellAround(transaction, listener, { tokenHash });
  const ids = surplus.map(({ id }) => id);
  await transaction.tx.$executeRaw`delete from session where id = any(${ids}::uuid[])`;
  await recordEndedByCap(transaction.tx, state, { userId, sessionIds: ids });
  transaction.afterCommit.push(async () => metrics.get().sessionsEnded.inc({ reason: "cap" }, ids.length));
}

// Newest first. Not counted: what this very sign-in replaces, and administrators who act as the person.
async function findOthers({ tx }: ObservedTransaction, userId: string, replaced: string | null) {
  return tx.$queryRaw<{ id: string; tokenHash: string }[]>`
    select id::text as id, token_hash as "tokenHash" from session
    where user_id = ${userId}::uuid and impersonated_by_id is null and token_hash is distinct from ${replaced}::text
    order by created_at desc, id desc limit ${endedMax}`;
}
