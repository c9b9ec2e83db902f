import type { AppError } from "@/lib/errors/app-error";
import type { Refused } from "./decide";
import { toRefusalError } from "./refusal-error";

/** How long the lock of an address keeps strangers out; null: it does not. */
export type LockWait = { seconds: number; forGood: boolean } | null;

/**
 * The refusal of an attempt to sign in: the same words, headers and wait whether or not the address has an account. The
 * limiter's window may be over before the lock is; the longer wait is told.
 */
export function signInRefusal(refused: Refused, lock: LockWait): AppError {
  if (refused.rule === "sign-in-address") return toRefusalError(refused, fromHere);
  const retryAfterSeconds = Math.max(refused.retryAfterSeconds, lock?.seconds ?? 0);
  return toRefusalError({ ...refused, retryAfterSeconds }, lock?.forGood ? untilUnlocked : forAWhile);
}

/** Whether this refusal is the first since the limit was reached: the one that the audit log remembers. */
export function isFirstRefusal(error: AppError): boolean {
  return error.details?.["first"] === true;
}

/** The rule and the block of a refusal, for the audit log. */
export function refusedBy({ details }: AppError): { rule?: string; blockId?: string } {
  const { rule, blockId } = details ?? {};
  return typeof rule === "string" && typeof blockId === "string" ? { rule, blockId } : {};
}

const fromHere = "Too many failed attempts from here. Wait, then try again.";
const forAWhile =
  "Too many failed attempts on this address. Wait, then try again, or choose a new password by a reset mail.";
const untilUnlocked =
  "Too many failed attempts on this address. Choose a new password by a reset mail, use the link in the mail about this lock, or ask an administrator.";
