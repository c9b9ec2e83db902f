import { allPermissions } from "@/lib/authorization/permissions";
import { newId } from "@/lib/db/new-id";
import type { RequestContext } from "./request-context";

/** The context of a command given on the machine itself: whoever can read the data directory may do everything. */
export function cliContext(userName: string): RequestContext {
  return {
    scope: { kind: "platform" },
    actor: { type: "cli", id: null, name: userName },
    grants: {
      permissions: new Set(allPermissions),
      platformPermissions: new Set(allPermissions),
      roles: [],
      rank: 1000,
      isOwner: true,
    },
    requestId: newId(),
    clientAddress: null,
    userAgent: null,
    source: "cli",
  };
}
