import type { SessionActions } from "@/components/sessions/session-actions";
import { listSessionsAction, previewRevocationAction, revokeSessionsAction } from "../actions/session-actions";

/** The acts on sessions in one scope, as the screens hand them to their components. */
export const bindSessionActions = (tenantSlug: string | null): SessionActions => ({
  read: listSessionsAction.bind(null, tenantSlug),
  end: revokeSessionsAction.bind(null, tenantSlug),
  preview: previewRevocationAction.bind(null, tenantSlug),
  endMatching: revokeSessionsAction.bind(null, tenantSlug),
});
