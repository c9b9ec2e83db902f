import { prismaClient } from "@/lib/db/prisma-client";
import { toAppError } from "@/lib/db/prisma-errors";
import type { Prisma } from "@/prisma/generated/client";

/** What is known of an address before its password is tried. */
export type AddressFacts = {
  /** Null: there is no account. */
  userId: string | null;
  homeTenantId: string | null;
  lockedUntil: Date | null;
  lockedForGood: boolean;
};

/** A browser that has proved that it signed in as a user before. */
export type ProvedDevice = { userId: string; provedAt: Date };

/** A place among the failures of an address, to be cleared by a success, given back, or left. */
export type AttemptClaim = {
  /** Whether it is one of the known devices' places. */
  byDevice: boolean;
  /** How many attempts strangers and known devices had begun by then, this one included. */
  strangerClaim: number;
  deviceClaim: number;
  /** Strangers' failures in a row, this attempt included. */
  failures: number;
  /** Whether strangers are to be locked out if it fails. */
  fills: boolean;
};

/** No place: when there is one again. `retryAfterSeconds` is a week where there never is by itself. */
export type ClaimRefusal = { retryAfterSeconds: number; forGood: boolean };

/** A lock that has just been set, and after how many failures in a row. */
export type NewLock = {
  failures: number;
  lockedUntil: Date | null;
  lockedForGood: boolean;
  /** Whether it is the first of this row of failures. */
  firstInRow: boolean;
};

type Writer = Pick<Prisma.TransactionClient, "$queryRaw">;

/** Reads what is known of an address. Throws `UNAVAILABLE`. */
export async function findFacts(email: string): Promise<AddressFacts> {
  const [facts] = await asked(
    prismaClient.get().$queryRaw<AddressFacts[]>`
      select user_id::text as "userId", home_tenant_id::text as "homeTenantId",
        locked_until as "lockedUntil", locked_for_good as "lockedForGood"
      from gatehouse.find_sign_in_account(${email})`,
  );
  if (!facts) throw new Error("Nothing was said about an address.");
  return facts;
}

/** Whether a proof counts no more, because its user has disowned a sign-in since. Throws `UNAVAILABLE`. */
export async function isDisowned({ userId, provedAt }: ProvedDevice): Promise<boolean> {
  const [row] = await asked(
    prismaClient.get().$queryRaw<{ disowned: boolean }[]>`
      select gatehouse.device_is_disowned(${userId}::uuid, ${provedAt.toISOString()}::timestamptz) as disowned`,
  );
  return row?.disowned !== false;
}

/** Takes a place, in one statement that is exact whoever else is at it. Throws `UNAVAILABLE`. */
export async function claim(email: string, proved: ProvedDevice | null): Promise<AttemptClaim | ClaimRefusal> {
  const [row] = await asked(
    prismaClient.get().$queryRaw<(AttemptClaim & ClaimRefusal & { admitted: boolean })[]>`
      select admitted, by_device as "byDevice", stranger_claim as "strangerClaim", device_claim as "deviceClaim", failures,
        fills, retry_after_seconds as "retryAfterSeconds", for_good as "forGood"
      from gatehouse.claim_sign_in_attempt(
        ${email}, ${proved?.userId ?? null}::uuid, ${proved?.provedAt.toISOString() ?? null}::timestamptz)`,
  );
  if (!row) throw new Error("A claim was neither granted nor refused.");
  const { admitted, retryAfterSeconds, forGood, ...claimed } = row;
  return admitted ? claimed : { retryAfterSeconds, forGood };
}

/** The attempt was right: it clears itself and whatever was begun before it. Throws `UNAVAILABLE`. */
export async function clear(email: string, { byDevice, strangerClaim, deviceClaim }: AttemptClaim): Promise<void> {
  await asked(
    prismaClient.get().$queryRaw`
      select gatehouse.clear_sign_in_attempts(${email}, ${byDevice}, ${strangerClaim}::int, ${deviceClaim}::int)::text`,
  );
}

/** The attempt was neither right nor wrong: its place is given back. Throws `UNAVAILABLE`. */
export async function withdraw(email: string, claimed: AttemptClaim): Promise<void> {
  const { byDevice, strangerClaim, deviceClaim, fills } = claimed;
  await asked(
    prismaClient.get().$queryRaw`
      select gatehouse.withdraw_sign_in_attempt(
        ${email}, ${byDevice}, ${strangerClaim}::int, ${deviceClaim}::int, ${fills})::text`,
  );
}

/** The attempt that filled a step was wrong: locks. Null where a success has come in between. */
export async function lock(
  tx: Writer,
  { email, strangerClaim, seconds }: { email: string; strangerClaim: number; seconds: number },
): Promise<NewLock | null> {
  const rows = await tx.$queryRaw<NewLock[]>`
    select failures, locked_until as "lockedUntil", locked_for_good as "lockedForGood",
      first_in_row as "firstInRow"
    from gatehouse.lock_account(${email}, ${strangerClaim}::int, ${seconds}::int)`;
  return rows[0] ?? null;
}

async function asked<Answer>(query: Promise<Answer>): Promise<Answer> {
  try {
    return await query;
  } catch (error) {
    throw toAppError(error);
  }
}
