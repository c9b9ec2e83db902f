import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";

import { DisownSessionForm } from "@/components/account/disown-session-form";
import { findNewDeviceLink } from "@/lib/account/find-new-device-link";
import { messages } from "@/lib/ui/messages";
import { MailedLinkCard } from "../mailed-link-card";

const text = messages.account.notMe;

// The address holds a secret: it must not reach another site by way of the Referer header.
export const metadata: Metadata = { title: text.title, referrer: "no-referrer" };

/** Where the link of a mail about an unknown browser leads. */
export default function NotMePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return (
    <MailedLinkCard searchParams={searchParams} text={text} find={findNewDeviceLink}>
      {(link, token) => <DisownSessionForm link={link} token={token} />}
    </MailedLinkCard>
  );
}
