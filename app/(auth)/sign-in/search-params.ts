import { createLoader, parseAsString, parseAsStringLiteral, type SearchParams } from "nuqs/server";

import { safeNextPath } from "@/lib/ui/safe-next-path";

/** Why somebody finds themselves at the sign-in; anything else in the URL is no reason. */
const reasons = ["ended", "signed-out", "password-reset", "set-up"] as const;

const load = createLoader({ next: parseAsString, reason: parseAsStringLiteral(reasons) });

/** Where to go on after signing in, always on this origin, and why one was signed out. */
export async function loadSignInParams(searchParams: Promise<SearchParams>) {
  const { next, reason } = await load(searchParams);
  return { next: safeNextPath(next ?? undefined), reason };
}
