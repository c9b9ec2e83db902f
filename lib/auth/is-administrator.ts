import { administratorRankMin } from "@/lib/sessions/session-limits";
import type { Prisma } from "@/prisma/generated/client";

/** Whether a user administers others: holds any platform role, or a role of rank 30 or more in any tenant. */
export async function isAdministrator(
  tx: Pick<Prisma.TransactionClient, "$queryRaw">,
  userId: string,
): Promise<boolean> {
  const rows = await tx.$queryRaw<{ administrator: boolean | null }[]>`
    select bool_or(held.scope = 'platform' or held.rank >= ${administratorRankMin}) as administrator
    from (select null::uuid as tenant_id union all select tenant_id from membership where user_id = ${userId}::uuid) place
    cross join lateral gatehouse.load_grants(${userId}::uuid, place.tenant_id) held`;
  return rows[0]?.administrator ?? false;
}
