import { insertAuditEvents } from "@/lib/audit/repository";
import { toAuditRow } from "@/lib/audit/write-audit-events";
import { setEndedBy } from "@/lib/db/scoped-transaction";
import { AppError } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/operations/request-context";
import { readHomePolicy } from "@/lib/policies/password-rules";
import { holdSessionRules, readSessionRules } from "@/lib/policies/session-rules";
import type { Prisma } from "@/prisma/generated/client";
import type { EndedSessions, SessionEndListener } from "./session-end-listener";

/** Sessions that one entry may end: the cap's own highest value. */
const endedMax = 1_000;

/** Who enters which tenant, by which session, and the hash of a token that this very sign-in replaces. */
export type Entry = {
  ctx: RequestContext;
  userId: string;
  sessionId: string;
  tenantId: string;
  replaced: string | null;
};

/**
 * Makes room for a session that enters a tenant which is not its user's home and caps how many may be active there: the
 * oldest of those end, or this one is refused. At home the sign-in has counted already. Call it before the entry, in its
 * transaction; returns what the listener is to be told again after the commit. Throws `FORBIDDEN`.
 */
export async function holdToTenantCap(
  tx: Prisma.TransactionClient,
  entry: Entry,
  listener: SessionEndListener,
): Promise<EndedSessions[]> {
  const { ctx, userId, tenantId } = entry;
  const place = { userId, homeTenantId: null, activeTenantId: tenantId };
  if ((await readSessionRules(tx, place)).sessionsMax === null || (await isHome(tx, entry))) return [];
  const { sessionsMax: cap } = await holdSessionRules(tx, place);
  const surplus = cap === null ? [] : (await findOthersHere(tx, entry)).slice(cap - 1);
  if (surplus.length === 0) return [];
  const { concurrentSessionsMode: mode } = await readHomePolicy(tx, tenantId);
  if (mode === "refuse-newest") {
    throw new AppError("FORBIDDEN", `You are here ${cap} times, which is the most allowed. Sign out somewhere first.`);
  }
  const ended = surplus.map(({ tokenHash }) => ({ tokenHash }));
  for (const one of ended) await listener.before(one);
  await setEndedBy(tx, { reason: "cap", type: "user", id: userId, name: ctx.actor.name, receiptId: null });
  await tx.$executeRaw`delete from session where id = any(${surplus.map(({ id }) => id)}::uuid[])`;
  const details = { userId, reason: "cap" };
  const rows = surplus.map(({ id }) =>
    toAuditRow(ctx, { action: "session.end", target: { type: "session", id, name: null }, details }),
  );
  await insertAuditEvents(tx, rows);
  return ended;
}

async function isHome(tx: Prisma.TransactionClient, { userId, tenantId }: Entry): Promise<boolean> {
  const user = await tx.user.findUnique({ where: { id: userId }, select: { homeTenantId: true } });
  return user?.homeTenantId === tenantId;
}

// Newest first. Not counted: what this very sign-in replaces, and administrators who act as the person.
async function findOthersHere(tx: Prisma.TransactionClient, { userId, sessionId, tenantId, replaced }: Entry) {
  return tx.$queryRaw<{ id: string; tokenHash: string }[]>`
    select id::text as id, token_hash as "tokenHash" from session
    where user_id = ${userId}::uuid and active_tenant_id = ${tenantId}::uuid and id <> ${sessionId}::uuid
      and impersonated_by_id is null and token_hash is distinct from ${replaced}::text
    order by created_at desc, id desc limit ${endedMax}`;
}
