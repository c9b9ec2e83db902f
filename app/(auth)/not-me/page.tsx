import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";

import { DisownSessionForm, NewDeviceLinkDead } from "@/components/account/disown-session-form";
import { BackToSignIn } from "@/components/auth/back-to-sign-in";
import { AuthCard } from "@/components/layout/auth-card";
import { findNewDeviceLink } from "@/lib/account/find-new-device-link";
import { messages } from "@/lib/ui/messages";
import { loadLinkToken } from "../link-token";

const text = messages.account.notMe;

// The address holds a secret: it must not reach another site by way of the Referer header.
export const metadata: Metadata = { title: text.title, referrer: "no-referrer" };

/** Where the link of a mail about an unknown browser leads. Opening it changes nothing: mail scanners open links, too. */
export default async function NotMePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const token = await loadLinkToken(searchParams);
  const link = token === null ? null : await findNewDeviceLink(token);
  const isOpen = token !== null && link?.state === "open";
  return (
    <AuthCard
      title={text.title}
      description={isOpen ? text.description(link.email) : undefined}
      footer={isOpen ? undefined : <BackToSignIn />}
    >
      {isOpen ? <DisownSessionForm link={link} token={token} /> : <NewDeviceLinkDead state={link?.state} />}
    </AuthCard>
  );
}
