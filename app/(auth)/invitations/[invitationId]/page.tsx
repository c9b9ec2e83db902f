import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";

import { BackToSignIn } from "@/components/auth/back-to-sign-in";
import { InvitationDead, InvitationPanel } from "@/components/auth/invitation-panel";
import { AuthCard } from "@/components/layout/auth-card";
import { findPageViewer } from "@/lib/http/page-viewer";
import { findInvitationLink } from "@/lib/invitations/find-invitation-link";
import { messages } from "@/lib/ui/messages";
import { loadLinkToken } from "../../link-token";

const text = messages.auth.invitation;

// The address holds a secret: it must not reach another site by way of the Referer header.
export const metadata: Metadata = { title: text.title, referrer: "no-referrer" };

type PageProps = { params: Promise<{ invitationId: string }>; searchParams: Promise<SearchParams> };

/** Where the link of an invitation leads, for people who are signed in and for those who are not. */
export default async function InvitationPage({ params, searchParams }: PageProps) {
  const { invitationId } = await params;
  const token = await loadLinkToken(searchParams);
  const link = token === null ? null : await findInvitationLink(invitationId, token);
  if (token === null || link?.state !== "pending") {
    return (
      <AuthCard title={text.title} footer={<BackToSignIn />}>
        <InvitationDead state={link?.state} />
      </AuthCard>
    );
  }
  const viewer = await findPageViewer();
  return (
    <AuthCard title={text.join(link.tenant.name)} description={text.description(link.invitedBy, link.email)}>
      <InvitationPanel link={link} token={token} signedInAs={viewer?.user.email ?? null} />
    </AuthCard>
  );
}
