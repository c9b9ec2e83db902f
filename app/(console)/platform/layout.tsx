import { cookies } from "next/headers";
import type { ReactNode } from "react";

import { SignedInShell } from "@/components/auth/signed-in-shell";
import { pageViewer } from "@/lib/http/page-viewer";
import { parsePreferences } from "@/lib/ui/preferences";
import { PREFERENCES_COOKIE } from "@/lib/ui/preferences-cookie";
import { roleNames } from "./platform-roles";

/** The frame of the platform's console. It shows who looks; what they may do is decided by each operation. */
export default async function PlatformLayout({ children }: { children: ReactNode }) {
  const { user, roles, permissions } = await pageViewer();
  const preferences = parsePreferences((await cookies()).get(PREFERENCES_COOKIE)?.value);
  return (
    <SignedInShell viewer={{ user, roles: roleNames(roles), permissions: [...permissions] }} preferences={preferences}>
      {children}
    </SignedInShell>
  );
}
