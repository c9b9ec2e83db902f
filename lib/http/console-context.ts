import "server-only";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { authenticateRequest } from "@/lib/auth/authenticate-request";
import { clientAddressHeader } from "@/lib/config/internal-headers";
import type { RequestContext } from "@/lib/operations/request-context";

/** Who renders or acts in the console; found once for a render, however many queries it makes. */
export const consoleContext = cache(async (tenantSlug: string | undefined): Promise<RequestContext> => {
  const received = await headers();
  // Next draws the page anew in the answer to an action: what the action has set stands in the jar, not in the header.
  const jar = await cookies();
  return authenticateRequest({
    headers: { get: (name) => (name.toLowerCase() === "cookie" ? jar.toString() : received.get(name)) },
    source: "console",
    tenantSlug,
    remoteAddress: received.get(clientAddressHeader) ?? undefined,
  });
});
