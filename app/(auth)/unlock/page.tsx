import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";

import { UnlockForm } from "@/components/auth/unlock-form";
import { findUnlockLink } from "@/lib/account-lockout/find-unlock-link";
import { messages } from "@/lib/ui/messages";
import { MailedLinkCard } from "../mailed-link-card";

const text = messages.lockout.link;

// The address holds a secret: it must not reach another site by way of the Referer header.
export const metadata: Metadata = { title: text.title, referrer: "no-referrer" };

/** Where the link of a mail about a lock leads. */
export default function UnlockPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return (
    <MailedLinkCard searchParams={searchParams} text={text} find={findUnlockLink}>
      {(link, token) => <UnlockForm link={link} token={token} />}
    </MailedLinkCard>
  );
}
