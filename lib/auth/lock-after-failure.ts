import { mailAccountLock } from "@/lib/account-lockout/mail-account-lock";
import { toAppError } from "@/lib/db/prisma-errors";
import { countryDatabase } from "@/lib/geo/country-database";
import type { SignInAttempt } from "@/lib/rate-limits/sign-in-attempts";
import { describeDevice } from "@/lib/sessions/describe-device";
import { recordAccountLock } from "./auth-audit";
import type { AuthRequestState } from "./auth-request-state";
import type { BetterAuthDoor } from "./forward-to-better-auth";

type Failed = { state: AuthRequestState; door: BetterAuthDoor; email: string };

/**
 * After a wrong password: locks the address where that is due, with the event in the same transaction. Its holder is
 * mailed after the answer, which is the same for an address without one. Throws `UNAVAILABLE`.
 */
export async function lockAfterFailure(attempt: SignInAttempt, { state, door, email }: Failed): Promise<void> {
  if (!attempt.fills()) return;
  const { prisma, inBackground } = door;
  const lock = await prisma
    .$transaction(async (tx) => {
      const made = await attempt.fail(tx);
      if (made) await recordAccountLock(tx, state, { email, ...made });
      return made;
    })
    .catch((error: unknown) => {
      throw toAppError(error);
    });
  const holder = [...state.users.values()].find((user) => user.email === email);
  if (!lock || !holder) return;
  const { clientAddress: ipAddress } = state;
  const from = {
    ...describeDevice(state.userAgent),
    country: countryDatabase.peek()?.countryOf(ipAddress) ?? null,
    ipAddress,
  };
  inBackground(mailAccountLock({ userId: holder.id, lock, from }));
}
