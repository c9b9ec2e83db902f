import { currentEnv } from "@/lib/config/current-env";
import { accountLockMail } from "@/lib/mail/account-lock-mail";
import { sendMail } from "@/lib/mail/send-mail";
import { deviceInWords, placeInWords, type SignInTraces } from "@/lib/mail/sign-in-words";
import { hashLinkToken, linkUrl, newLinkToken } from "@/lib/one-time-links/link-token";
import type { NewLock } from "./attempt-store";
import { insertUnlockLink } from "./unlock-link-store";

/** Hours for which the link works: longer than any lock that ends by itself. */
const hours = 24;

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
  const token = newLinkToken();
  const holder = await insertUnlockLink({ userId, tokenHash: hashLinkToken(token), hours, from });
  if (!holder) return;
  const { email: to, name, createdAt: failedAt } = holder;
  const env = currentEnv.get();
  const { gatehouseUrl } = env;
  const { failures, lockedUntil } = lock;
  const attempt = { device: deviceInWords(from), place: placeInWords(from), failedAt, failures, lockedUntil };
  await sendMail(accountLockMail({ to, name, gatehouseUrl, ...attempt, url: linkUrl(env, "/unlock", token), hours }));
}
