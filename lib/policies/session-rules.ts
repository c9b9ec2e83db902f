import { Prisma } from "@/prisma/generated/client";

/** What holds for a person's sessions; null: no rule beyond the code's. */
export type SessionRules = {
  idleSeconds: number | null;
  absoluteSeconds: number | null;
  sessionsMax: number | null;
  /** Whether the person may stay signed in for more than a day. */
  rememberMe: boolean;
};

/** Whose session it is, where its user is at home and where it is active; null: nowhere. */
export type SessionPlace = { userId: string; homeTenantId: string | null; activeTenantId: string | null };

/**
 * The strictest of what the platform, the home tenant, the active tenant and every role held on the platform and in those
 * two say. On Better Auth's own connection, which reads no table of a tenant.
 */
export async function readSessionRules(
  tx: Pick<Prisma.TransactionClient, "$queryRaw">,
  place: SessionPlace,
): Promise<SessionRules> {
  return askFor(Prisma.raw("session_rules"), tx, place);
}

/**
 * The same, for whoever is about to end or begin sessions: the person and their memberships are held until the transaction
 * ends. The person comes first, as wherever else both are locked.
 */
export async function holdSessionRules(
  tx: Pick<Prisma.TransactionClient, "$queryRaw">,
  place: SessionPlace,
): Promise<SessionRules> {
  await tx.$queryRaw`select 1 from "user" where id = ${place.userId}::uuid for no key update`;
  return askFor(Prisma.raw("hold_session_rules"), tx, place);
}

async function askFor(
  name: Prisma.Sql,
  tx: Pick<Prisma.TransactionClient, "$queryRaw">,
  { userId, homeTenantId, activeTenantId }: SessionPlace,
): Promise<SessionRules> {
  const [rules] = await tx.$queryRaw<SessionRules[]>`
    select idle_seconds as "idleSeconds", absolute_seconds as "absoluteSeconds", sessions_max as "sessionsMax",
      remember_me as "rememberMe"
    from gatehouse.${name}(${userId}::uuid, ${homeTenantId}::uuid, ${activeTenantId}::uuid)`;
  if (!rules) throw new Error("The rules of sessions answered nothing.");
  return rules;
}
