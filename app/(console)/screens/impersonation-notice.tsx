import { ImpersonationBanner } from "@/components/impersonation/impersonation-banner";
import type { PageViewer } from "@/lib/http/page-viewer";
import { stopImpersonationAction } from "../actions/impersonation-actions";

/** The banner of a session in which somebody acts as somebody else; nothing in any other. */
export function ImpersonationNotice({ viewer }: { viewer: PageViewer }) {
  const { user, impersonatedBy, expiresAt } = viewer;
  if (impersonatedBy === null) return null;
  return (
    <ImpersonationBanner
      by={impersonatedBy.name}
      as={user.name || user.email}
      expiresAt={expiresAt}
      // Not in any tenant: the administrator returns to a session that may never have been in this one.
      stop={stopImpersonationAction.bind(null, null)}
    />
  );
}
