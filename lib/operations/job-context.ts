import { allPermissions } from "@/lib/authorization/permissions";
import { newId } from "@/lib/db/new-id";
import type { RequestContext } from "./request-context";

/** The context of what a scheduled or queued task does by itself, for whoever asked for it long ago. */
export function jobContext(task: string): RequestContext {
  return {
    scope: { kind: "platform" },
    actor: { type: "job", id: null, name: task },
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
    source: "job",
  };
}
