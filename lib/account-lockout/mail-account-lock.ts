import { currentEnv } from "@/lib/config/current-env";
import { accountLockMail } from "@/lib/mail/account-lock-mail";
import { sendMail } from "@/lib/mail/send-mail";
import { deviceInWords, placeInWords, type SignInTraces } from "@/lib/mail/sign-in-words";
import type { NewLock } from "./attempt-store";
import { insertUnlockLink } from "./unlock-link-store";
import { hashUnlockToken, newUnlockToken, unlockLinkHours, unlockUrl } from "./unlock-token";

/**
 * Mails somebody that their account is locked, with the link that unlocks it: at the first lock of a row of failures and
 * at the one that lasts, three times a day at most. Not queued: a job's payload is stored, and a link is not. Rejects
 * when the mail cannot be sent.
 */
export async function mailAccountLock({
  userId,
  lock,
  from,
}: {
  userId: string;
  lock: NewLock;
  from: SignInTraces;
}): Promise<void> {
  if (!lock.firstInRow && !lock.lockedForGood) return;
  const token = newUnlockToken();
  const hours = unlockLinkHours;
  const holder = await insertUnlockLink({ userId, tokenHash: hashUnlockToken(token), hours, from });
  if (!holder) return;
  const { email: to, name, createdAt: failedAt } = holder;
  const { gatehouseUrl } = currentEnv.get();
  const { failures, lockedUntil } = lock;
  const attempt = { device: deviceInWords(from), place: placeInWords(from), failedAt, failures, lockedUntil };
  await sendMail(accountLockMail({ to, name, gatehouseUrl, ...attempt, url: unlockUrl(token), hours }));
}
