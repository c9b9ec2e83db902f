import { allPermissions } from "@/lib/authorization/permissions";
import { newId } from "@/lib/db/new-id";
import type { RequestContext, RequestScope } from "./request-context";

/** The context of a command given on the machine itself: whoever can read the data directory may do everything. */
export function cliContext(userName: string, scope: RequestScope = { kind: "platform" }): RequestContext {
  return trustedContext("cli", userName, scope);
}

/** The context of a background job, named by its task. */
export function jobContext(taskName: string, scope: RequestScope = { kind: "platform" }): RequestContext {
  return trustedContext("job", taskName, scope);
}

function trustedContext(type: "cli" | "job", name: string, scope: RequestScope): RequestContext {
  return {
    scope,
    actor: { type, id: null, name },
    grants: { permissions: new Set(allPermissions), roles: [], rank: 1000, isOwner: true },
    requestId: newId(),
    clientAddress: null,
    userAgent: null,
    source: type,
  };
}
