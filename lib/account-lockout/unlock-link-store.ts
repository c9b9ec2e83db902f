import { prismaClient } from "@/lib/db/prisma-client";
import { toAppError } from "@/lib/db/prisma-errors";
import type { SignInTraces } from "@/lib/mail/sign-in-words";
import type { LinkedMail } from "@/lib/one-time-links/linked-mail";

/** A link that is about to be mailed, and the attempt that it is about. */
type NewLink = { userId: string; tokenHash: string; hours: number; from: SignInTraces };

/** Whom to mail a new link to, and when the attempt had failed. */
export type LinkHolder = { email: string; name: string; createdAt: Date };

/** Makes a link. Null where its holder has had three within a day, or is locked by an administrator. */
export async function insertUnlockLink({ userId, tokenHash, hours, from }: NewLink): Promise<LinkHolder | null> {
  const rows = await prismaClient.get().$queryRaw<LinkHolder[]>`
    select email, name, created_at as "createdAt"
    from gatehouse.create_unlock_link(
      ${userId}::uuid, ${tokenHash}, ${hours}::int, ${from.browser}, ${from.os}, ${from.device}, ${from.country}, ${from.ipAddress})`;
  return rows[0] ?? null;
}

/** The lock that a link is about, for whoever holds it and has no scope yet. Throws `UNAVAILABLE`. */
export async function findByTokenHash(tokenHash: string): Promise<LinkedMail | null> {
  try {
    const rows = await prismaClient.get().$queryRaw<LinkedMail[]>`
      select user_id::text as "userId", email, name, state, browser, os, device, country, ip_address as "ipAddress",
        failed_at as at
      from gatehouse.find_unlock_link(${tokenHash})`;
    return rows[0] ?? null;
  } catch (error) {
    throw toAppError(error);
  }
}
