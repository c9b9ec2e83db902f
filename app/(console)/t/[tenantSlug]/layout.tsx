import type { ReactNode } from "react";

import { ImpersonationNotice } from "@/app/(console)/screens/impersonation-notice";
import { ScopeFrame } from "@/app/(console)/screens/scope-frame";
import { TenantClosed } from "@/components/auth/tenant-closed";
import { findPageViewer, pageAdmission } from "@/lib/http/page-viewer";

type TenantLayoutProps = { params: Promise<{ tenantSlug: string }>; children: ReactNode };

/** The console of one tenant. A tenant that one has nothing to do with is the same 404 as one that does not exist. */
export default async function TenantLayout({ params, children }: TenantLayoutProps) {
  const { tenantSlug } = await params;
  const admission = await pageAdmission(tenantSlug);
  if ("refusal" in admission) return <Closed reason={admission.refusal.detail ?? admission.refusal.title} />;
  return (
    <ScopeFrame tenantSlug={tenantSlug} viewer={admission.viewer}>
      {children}
    </ScopeFrame>
  );
}

// Whoever acts as a member must find the way back here, too.
async function Closed({ reason }: { reason: string }) {
  const viewer = await findPageViewer();
  return (
    <>
      {viewer ? <ImpersonationNotice viewer={viewer} /> : null}
      <TenantClosed reason={reason} />
    </>
  );
}
