"use client";

import { ConsoleShell, type ConsoleShellProps } from "@/components/layout/console-shell";
import { signOut } from "@/lib/auth/auth-client";

/** The console's frame with the way out: ends one's own session, then leaves for the sign-in by a full load. */
export function SignedInShell(props: Omit<ConsoleShellProps, "onSignOut">) {
  return <ConsoleShell {...props} onSignOut={leave} />;
}

/** Throws when the session could not be ended: the person is still signed in and must know. */
export async function leave(): Promise<void> {
  const answer = await signOut();
  if (!answer.ok) throw new Error("The session could not be ended.");
  window.location.assign("/sign-in?reason=signed-out");
}
