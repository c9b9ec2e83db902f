import { AppError } from "@/lib/errors/app-error";
import { addressBlock } from "./address-block";
import { limitKey } from "./limit-key";
import { findPlace, forgetLog, type LimitedRule, type Place, returnPlace, takePlace } from "./limited-log";

/** Failures per account and per address (OWASP ASVS 5.0 V6.3.1). */
const rule: LimitedRule = { limit: 10, windowSeconds: 900, limitAlone: 5 };

/** One attempt to sign in, on its way through the limits. */
export type SignInAttempt = {
  /** Before anything is done for it: throws `RATE_LIMITED` when there have been too many failures already. */
  assertOpen: () => Promise<void>;
  /**
   * When its password is about to be tried: takes a place among the failures, or throws `RATE_LIMITED`. So attempts
   * that run side by side cannot together exceed the limit.
   */
  claim: () => Promise<void>;
  /** It was right: the account starts afresh, and the address gets this place back. */
  succeed: () => Promise<void>;
  /** It was neither right nor wrong (a failure of ours): both places are given back. */
  withdraw: () => Promise<void>;
};

type Origin = { email: string; clientAddress: string | null };

/** Starts an attempt. `email` is normalised; without an address only the account is limited. */
export function startSignInAttempt({ email, clientAddress }: Origin): SignInAttempt {
  const accountKey = limitKey("sign-in", "account", email);
  const keys = clientAddress ? [accountKey, limitKey("sign-in", "address", addressBlock(clientAddress))] : [accountKey];
  const places: Place[] = [];
  const withdraw = async () => {
    for (const place of places.splice(0)) await returnPlace(place);
  };

  return {
    assertOpen: async () => {
      for (const key of keys) {
        const answer = await findPlace(key, rule);
        if (answer && !answer.allowed) throw refusal(answer);
      }
    },
    claim: async () => {
      if (places.length > 0) return;
      for (const key of keys) {
        const place = await takePlace(key, rule);
        if ("key" in place) places.push(place);
        else {
          await withdraw();
          throw refusal(place);
        }
      }
    },
    succeed: async () => {
      await withdraw();
      await forgetLog(accountKey);
    },
    withdraw,
  };
}

/** Whether this refusal is the first since the limit was reached: the one that the audit log remembers. */
export function isFirstRefusal(error: AppError): boolean {
  return error.details?.first === true;
}

function refusal({ retryAfterSeconds, first }: { retryAfterSeconds: number; first: boolean }): AppError {
  return new AppError("RATE_LIMITED", "Too many failed attempts. Wait, then try again, or reset the password.", {
    retryAfterSeconds,
    rateLimit: { policy: "sign-in", limit: rule.limit, windowSeconds: rule.windowSeconds },
    details: { first },
  });
}
