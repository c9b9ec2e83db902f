import { prismaClient } from "@/lib/db/prisma-client";
import { toAppError } from "@/lib/db/prisma-errors";

/** Seconds within which a proof of identity is fresh under any rule. */
const alwaysFreshSeconds = 60;

/**
 * Whether a proof of identity is as fresh as the rules ask for: those of the platform, of the person's home and of the tenant
 * in which they act (null: none); 300 seconds at most. Throws `UNAVAILABLE`.
 */
export async function isFreshProof(
  { id, authenticatedAt }: { id: string; authenticatedAt: Date },
  tenantId: string | null,
): Promise<boolean> {
  const ageSeconds = (Date.now() - authenticatedAt.getTime()) / 1000;
  if (ageSeconds <= alwaysFreshSeconds) return true;
  return ageSeconds <= (await readReauthenticationSeconds(id, tenantId));
}

async function readReauthenticationSeconds(userId: string, tenantId: string | null): Promise<number> {
  try {
    const [row] = await prismaClient.get().$queryRaw<{ seconds: number }[]>`
      select gatehouse.reauthentication_seconds(${userId}::uuid, ${tenantId}::uuid) as seconds`;
    return row?.seconds ?? alwaysFreshSeconds;
  } catch (error) {
    throw toAppError(error);
  }
}
