import "server-only";
import { cookies } from "next/headers";
import { findSessionEnd } from "@/lib/auth/find-session-end";
import type { SessionEnd } from "@/lib/sessions/end-schemas";

/** What the sign-in page says to a browser that brings the cookie of a session which is over. */
export type SignInNotice = { end: SessionEnd | null };

/** The notice; null for a browser that brings no session's cookie. `end` is null where nobody knows the reason. */
export async function findSignInNotice(): Promise<SignInNotice | null> {
  const jar = await cookies();
  if (!jar.getAll().some(({ name }) => name.endsWith("gatehouse.session"))) return null;
  return { end: await findSessionEnd(jar.toString()) };
}
