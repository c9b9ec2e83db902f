import { cookies } from "next/headers";
import type { ReactNode } from "react";

import { ImpersonationNotice } from "@/app/(console)/screens/impersonation-notice";
import { AccountShell } from "@/components/account/account-shell";
import { pageViewer } from "@/lib/http/page-viewer";
import { parsePreferences } from "@/lib/ui/preferences";
import { PREFERENCES_COOKIE } from "@/lib/ui/preferences-cookie";

/** One's own account: for everybody who is signed in, whatever they may do elsewhere. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const viewer = await pageViewer();
  const preferences = parsePreferences((await cookies()).get(PREFERENCES_COOKIE)?.value);
  return (
    <AccountShell
      user={viewer.user}
      preferences={preferences}
      banner={viewer.impersonatedBy ? <ImpersonationNotice viewer={viewer} /> : undefined}
    >
      {children}
    </AccountShell>
  );
}
