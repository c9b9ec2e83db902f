import { type AccountAttempt, type ClaimRefusal, startAccountAttempt } from "@/lib/account-lockout/account-attempt";
import type { AddressFacts } from "@/lib/account-lockout/find-address-facts";
import { untilUnlockedSeconds } from "@/lib/account-lockout/lock-schedule";
import type { AppError } from "@/lib/errors/app-error";
import { logger } from "@/lib/observability/logger";
import { redisClient } from "@/lib/redis/redis-client";
import { clearSignInCounters } from "./clear-sign-in-counters";
import { type Charge, clearCounters, type DecisionFacts, decide, type Place, returnPlaces } from "./decide";
import { blockedKey, toBlockId } from "./limit-keys";
import { currentRule } from "./limit-settings";
import { planDecision } from "./plan-decision";
import { findSignInLimits, type SignInLimits, type SignInOrigin } from "./sign-in-limits";
import { type LockWait, signInRefusal } from "./sign-in-refusal";

/** One attempt to sign in, on its way through the limits. */
export type SignInAttempt = Pick<AccountAttempt, "fail" | "fills"> & {
  /** Before anything is done for it: throws `RATE_LIMITED` when a limit is known to refuse it. */
  assertOpen: () => Promise<void>;
  /**
   * When its password is about to be tried: takes a place among the failures of every limit, or throws `RATE_LIMITED`.
   * So attempts that run side by side cannot together exceed one.
   */
  claim: () => Promise<void>;
  /** Its password was right: the account starts afresh, and the network address gets this place back. */
  succeed: () => Promise<void>;
  /** It was neither right nor wrong (a failure of ours): every place is given back. */
  withdraw: () => Promise<void>;
};

/** Starts an attempt. `email` is normalised; without a client address only the account is limited. Throws `UNAVAILABLE`. */
export async function startSignInAttempt(origin: SignInOrigin): Promise<SignInAttempt> {
  const { email } = origin;
  const limits = await findSignInLimits(origin);
  const account = startAccountAttempt(email, limits.proved);
  const places = startPlaces(limits, origin.clientAddress);

  return {
    fail: account.fail,
    fills: account.fills,
    assertOpen: async () => {
      if (await places.isBlocked()) await places.take();
    },
    claim: async () => {
      await places.take();
      const refused = await account.claim().catch(async (error: unknown) => {
        await places.giveBack();
        throw error;
      });
      if (refused === null) return;
      await places.giveBack();
      throw lockRefusal(limits, refused);
    },
    succeed: async () => {
      await places.giveBack();
      await account.succeed().catch(noteUnsettled);
      if (limits.proved) await clearCounters("sign-in-device", email);
      else await clearSignInCounters(email);
    },
    withdraw: async () => {
      await places.giveBack();
      await account.withdraw().catch(noteUnsettled);
    },
  };
}

// The limiter's places of one attempt: taken once, and given back at most once.
function startPlaces({ charges, facts, proved }: SignInLimits, address: string | null) {
  const known = { tenantId: facts.homeTenantId, path: signInPath, address, userId: facts.userId };
  let held: Place[] | null = null;
  return {
    isBlocked: () => isBlocked(charges, known),
    take: async () => {
      if (held !== null) return;
      const decision = await decide(charges, known);
      if (!decision.allowed) throw signInRefusal(decision, proved ? null : lockOf(facts));
      held = decision.places;
    },
    giveBack: async () => {
      const taken = held ?? [];
      held = null;
      await returnPlaces(taken);
    },
  };
}

const signInPath = "/api/auth/sign-in/email";

// The answer stands; that an attempt stays counted only makes a lock come sooner.
function noteUnsettled(error: unknown): void {
  logger.get().error({ err: error }, "an attempt to sign in stays counted as a failure");
}

// Whether a decision is worth asking for before the password's turn has come, so that a flood of attempts which will be
// refused does not fill the queue. What it says decides nothing.
async function isBlocked(charges: readonly Charge[], facts: DecisionFacts): Promise<boolean> {
  const { charges: asked } = planDecision(charges, facts);
  if (asked.some(({ blockedBy }) => blockedBy !== null)) return true;
  const ids = asked.map(({ rule, hash }) => toBlockId(rule.key, hash));
  const until = await redisClient
    .get()
    .zmscore(blockedKey(null), ...ids)
    .catch(() => []);
  return until.some((score) => score !== null && Number(score) > Date.now());
}

// What the limiter would have said, had it known of the lock.
function lockRefusal({ proved }: SignInLimits, { retryAfterSeconds, forGood }: ClaimRefusal): AppError {
  const rule = proved ? "sign-in-device" : "sign-in-account";
  const { limit, windowSeconds } = currentRule(rule);
  const block = { blockId: "", first: false, degraded: false, allowed: false } as const;
  return signInRefusal(
    { ...block, rule, limit, windowSeconds, retryAfterSeconds },
    { seconds: retryAfterSeconds, forGood },
  );
}

function lockOf({ lockedUntil, lockedForGood }: AddressFacts): LockWait {
  if (lockedForGood) return { seconds: untilUnlockedSeconds, forGood: true };
  const seconds = Math.ceil(((lockedUntil?.getTime() ?? 0) - Date.now()) / 1_000);
  return seconds > 0 ? { seconds, forGood: false } : null;
}
