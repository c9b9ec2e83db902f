import Link from "next/link";

import { AcceptInvitationForm } from "@/components/auth/accept-invitation-form";
import { DeadLink } from "@/components/auth/dead-link";
import { FormNotice } from "@/components/auth/form-notice";
import { JoinTenantForm } from "@/components/auth/join-tenant-form";
import { SwitchAccountButton } from "@/components/auth/switch-account-button";
import { buttonVariants } from "@/components/ui/button";
import type { InvitationLink, InvitationLinkState } from "@/lib/invitations/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.auth.invitation;

/** Properties of what an invitation offers; `signedInAs` is the address of whoever looks at it, null for nobody. */
export type InvitationPanelProps = { link: InvitationLink; token: string; signedInAs: string | null };

/** What the person may do with a link that works: join, sign in first, choose a password, or be somebody else. */
export function InvitationPanel({ link, token, signedInAs }: InvitationPanelProps) {
  if (signedInAs === link.email) return <JoinTenantForm invitationId={link.id} token={token} />;
  if (signedInAs !== null) {
    return (
      <div className="flex flex-col gap-4">
        <FormNotice>{text.wrongAccount(link.email, signedInAs)}</FormNotice>
        <SwitchAccountButton />
      </div>
    );
  }
  if (!link.hasAccount) return <AcceptInvitationForm link={link} token={token} />;
  const next = `/invitations/${link.id}?token=${token}`;
  return (
    <div className="flex flex-col gap-4">
      <FormNotice>{text.hasAccount(link.email)}</FormNotice>
      <Link href={`/sign-in?${new URLSearchParams({ next })}`} className={buttonVariants({ className: "w-full" })}>
        {text.signIn}
      </Link>
    </div>
  );
}

/** A link that was used, withdrawn, has run out, or was never made; `state` is undefined where nobody knows it. */
export function InvitationDead({ state }: { state?: InvitationLinkState }) {
  const dead = state === undefined || state === "pending" ? text.unknown : text.dead[state];
  return <DeadLink title={dead.title} body={dead.body} href="/sign-in" label={messages.auth.backToSignIn} />;
}
