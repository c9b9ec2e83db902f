import type { Metadata } from "next";
import { redirect } from "next/navigation";

import { ImpersonationNotice } from "@/app/(console)/screens/impersonation-notice";
import { NoTenant } from "@/components/auth/no-tenant";
import { pageQuery } from "@/lib/http/page-query";
import { findPageViewer } from "@/lib/http/page-viewer";
import { listMyTenants } from "@/lib/members/list-my-tenants";
import { messages } from "@/lib/ui/messages";
import { scopePath } from "@/lib/ui/scope-path";

export const metadata: Metadata = { title: messages.auth.noTenant.title };

/** The front door: people of the platform go there, others to the tenant that is theirs, strangers to the sign-in. */
export default async function FrontDoor() {
  const viewer = await findPageViewer();
  if (!viewer) redirect("/sign-in");
  if (viewer.ofPlatform) redirect(scopePath(null));
  const { data } = await pageQuery(listMyTenants, { input: { limit: 100 } });
  const open = data.filter(({ suspension }) => suspension === null);
  const place = open.find(({ home }) => home) ?? open[0] ?? data[0];
  if (place) redirect(scopePath(place.tenant.slug));
  return (
    <>
      <ImpersonationNotice viewer={viewer} />
      <NoTenant email={viewer.user.email} />
    </>
  );
}
