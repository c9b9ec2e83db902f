import { cookies } from "next/headers";
import type { ReactNode } from "react";

import { SignedInShell } from "@/components/auth/signed-in-shell";
import type { ScopeChoices } from "@/components/scope/scope-choices";
import type { PageViewer } from "@/lib/http/page-viewer";
import { parsePreferences } from "@/lib/ui/preferences";
import { PREFERENCES_COOKIE } from "@/lib/ui/preferences-cookie";
import type { ConsoleScope } from "@/lib/ui/scope-path";
import { leaveTenantAction } from "../actions/member-actions";
import { ClientAddressNotice } from "./client-address-notice";
import { ImpersonationNotice } from "./impersonation-notice";
import { loadScopeChoices } from "./load-scope-choices";
import { roleNames } from "./role-names";

/** Properties of the frame. */
export type ScopeFrameProps = { tenantSlug: string | null; viewer: PageViewer; children: ReactNode };

/** The frame of one scope's console. It shows who looks; what they may do is decided by each operation. */
export async function ScopeFrame({ tenantSlug, viewer, children }: ScopeFrameProps) {
  const choices = await loadScopeChoices(viewer, tenantSlug);
  const preferences = parsePreferences((await cookies()).get(PREFERENCES_COOKIE)?.value);
  return (
    <SignedInShell
      scope={await loadScope(tenantSlug, choices)}
      choices={choices}
      viewer={{ user: viewer.user, roles: roleNames(viewer, tenantSlug), permissions: viewer.permissions }}
      preferences={preferences}
      onLeaveTenant={tenantSlug !== null && viewer.isMember ? leaveTenantAction.bind(null, tenantSlug) : null}
      notice={tenantSlug === null ? <ClientAddressNotice viewer={viewer} /> : undefined}
      banner={viewer.impersonatedBy ? <ImpersonationNotice viewer={viewer} /> : undefined}
    >
      {children}
    </SignedInShell>
  );
}

async function loadScope(slug: string | null, { tenants }: ScopeChoices): Promise<ConsoleScope> {
  if (slug === null) return { kind: "platform" };
  const known = tenants.find((tenant) => tenant.slug === slug);
  return { kind: "tenant", slug, name: known?.name ?? slug };
}
