import { allPermissions } from "@/lib/authorization/permissions";
import { newId } from "@/lib/db/new-id";
import type { RequestContext } from "./request-context";

/**
 * The context of what is not asked for over the network and may do everything: a command on the machine itself, whose
 * giver can read the data directory, or a task that the clock starts. `name` is the system user's or the task's.
 */
export function trustedContext(type: "cli" | "job", name: string): RequestContext {
  const everything = new Set(allPermissions);
  return {
    scope: { kind: "platform" },
    actor: { type, id: null, name },
    grants: { permissions: everything, platformPermissions: everything, roles: [], rank: 1000, isOwner: true },
    requestId: newId(),
    clientAddress: null,
    userAgent: null,
    source: type,
  };
}
