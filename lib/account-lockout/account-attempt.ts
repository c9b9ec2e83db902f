import type { Prisma } from "@/prisma/generated/client";
import {
  type AttemptClaim,
  type ClaimRefusal,
  claim,
  clear,
  lock,
  type NewLock,
  type ProvedDevice,
  withdraw,
} from "./attempt-store";
import { lockSecondsAfter } from "./lock-schedule";

export type { ClaimRefusal };

/** One attempt on an address's password, on its way through the lockout. */
export type AccountAttempt = {
  /** When the password is about to be tried: takes a place among the failures, or answers when there is one again. */
  claim: () => Promise<ClaimRefusal | null>;
  /** It was right: the failures before it are forgotten. */
  succeed: () => Promise<void>;
  /** It was wrong: locks where that is due, in the caller's transaction, and answers the lock. */
  fail: (tx: Pick<Prisma.TransactionClient, "$queryRaw">) => Promise<NewLock | null>;
  /** Whether `fail` may lock. */
  fills: () => boolean;
  /** It was neither right nor wrong: the place is given back. */
  withdraw: () => Promise<void>;
};

/** Starts an attempt. `email` is normalised; `proved` is what the browser has proved, which is looked at again here. */
export function startAccountAttempt(email: string, proved: ProvedDevice | null): AccountAttempt {
  let held: AttemptClaim | null = null;
  const take = () => {
    const taken = held;
    held = null;
    return taken;
  };

  return {
    claim: async () => {
      if (held) return null;
      const answer = await claim(email, proved);
      if ("forGood" in answer) return answer;
      held = answer;
      return null;
    },
    succeed: async () => {
      const taken = take();
      if (taken) await clear(email, taken);
    },
    fail: async (tx) => {
      const taken = take();
      if (!taken?.fills) return null;
      const { strangerClaim, failures } = taken;
      return lock(tx, { email, strangerClaim, seconds: lockSecondsAfter(failures) ?? 0 });
    },
    fills: () => held?.fills === true,
    withdraw: async () => {
      const taken = take();
      if (taken) await withdraw(email, taken);
    },
  };
}
