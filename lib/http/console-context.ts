import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { authenticateRequest } from "@/lib/auth/authenticate-request";
import { clientAddressHeader } from "@/lib/config/internal-headers";
import type { RequestContext } from "@/lib/operations/request-context";

/** Who renders or acts in the console; found once for a render, however many queries it makes. */
export const consoleContext = cache(async (tenantSlug: string | undefined): Promise<RequestContext> => {
  const received = await headers();
  return authenticateRequest({
    headers: received,
    source: "console",
    tenantSlug,
    remoteAddress: received.get(clientAddressHeader) ?? undefined,
  });
});
