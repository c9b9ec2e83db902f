import type { ReactNode } from "react";

import { ScopeFrame } from "@/app/(console)/screens/scope-frame";
import { pageViewer } from "@/lib/http/page-viewer";

/** The console of the whole installation. */
export default async function PlatformLayout({ children }: { children: ReactNode }) {
  return (
    <ScopeFrame tenantSlug={null} viewer={await pageViewer()}>
      {children}
    </ScopeFrame>
  );
}
