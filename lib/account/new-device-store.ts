import { prismaClient } from "@/lib/db/prisma-client";
import { toAppError } from "@/lib/db/prisma-errors";
import type { SignInTraces } from "@/lib/mail/sign-in-words";
import type { LinkedMail } from "@/lib/one-time-links/linked-mail";

/** A sign-in as its mail describes it. */
export type DescribedSignIn = SignInTraces & { email: string; name: string; signedInAt: Date };

/** A sign-in that has just been made, from which browser, and since when that browser is known (null: it is not). */
export type NotedSignIn = { sessionId: string; deviceId: string; knownSince: Date | null };

type LinkedSignIn = LinkedMail & { sessionId: string };

/**
 * Notes a sign-in, which hangs it on the links of the same browser that are open. Where its user is to be told of the
 * browser, makes a link with this hash and answers what to tell; null where there is nothing to tell.
 */
export async function noteSignIn(
  { sessionId, deviceId, knownSince }: NotedSignIn,
  { tokenHash, days }: { tokenHash: string; days: number },
): Promise<DescribedSignIn | null> {
  const rows = await prismaClient.get().$queryRaw<DescribedSignIn[]>`
    select email, name, browser, os, device, country, ip_address as "ipAddress", signed_in_at as "signedInAt"
    from gatehouse.note_sign_in(${sessionId}::uuid, ${deviceId}, ${knownSince?.toISOString() ?? null}::timestamptz, ${tokenHash}, ${days}::int)`;
  return rows[0] ?? null;
}

/** The sign-in of a link, for whoever holds it and has no scope yet. Throws `UNAVAILABLE`. */
export async function findByTokenHash(tokenHash: string): Promise<LinkedSignIn | null> {
  try {
    const rows = await prismaClient.get().$queryRaw<LinkedSignIn[]>`
      select user_id::text as "userId", email, name, session_id::text as "sessionId", state, browser, os, device, country,
        ip_address as "ipAddress", signed_in_at as at
      from gatehouse.find_new_device_link(${tokenHash})`;
    return rows[0] ?? null;
  } catch (error) {
    throw toAppError(error);
  }
}
