import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";

import { BackToSignIn } from "@/components/auth/back-to-sign-in";
import { UnlockForm, UnlockLinkDead } from "@/components/auth/unlock-form";
import { AuthCard } from "@/components/layout/auth-card";
import { findUnlockLink } from "@/lib/account-lockout/find-unlock-link";
import { messages } from "@/lib/ui/messages";
import { loadLinkToken } from "../link-token";

const text = messages.lockout.link;

// The address holds a secret: it must not reach another site by way of the Referer header.
export const metadata: Metadata = { title: text.title, referrer: "no-referrer" };

/** Where the link of a mail about a lock leads. Opening it changes nothing: mail scanners open links, too. */
export default async function UnlockPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const token = await loadLinkToken(searchParams);
  const link = token === null ? null : await findUnlockLink(token);
  const isOpen = token !== null && link?.state === "open";
  return (
    <AuthCard
      title={text.title}
      description={isOpen ? text.description(link.email) : undefined}
      footer={isOpen ? undefined : <BackToSignIn />}
    >
      {isOpen ? <UnlockForm link={link} token={token} /> : <UnlockLinkDead state={link?.state} />}
    </AuthCard>
  );
}
