import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";

import { BackToSignIn } from "@/components/auth/back-to-sign-in";
import { MailedLinkDead, type MailedLinkDeadWords } from "@/components/auth/mailed-link-dead";
import { AuthCard } from "@/components/layout/auth-card";
import type { MailedLink } from "@/lib/one-time-links/schemas";
import { loadLinkToken } from "./link-token";

type MailedLinkCardProps = {
  searchParams: Promise<SearchParams>;
  text: MailedLinkDeadWords & { title: string; description: (email: string) => string };
  find: (token: string) => Promise<MailedLink | null>;
  /** Draws the form of a link that can be used. */
  children: (link: MailedLink, token: string) => ReactNode;
};

/** Where a mail's link leads. Opening it changes nothing: mail scanners open links, too. */
export async function MailedLinkCard({ searchParams, text, find, children }: MailedLinkCardProps) {
  const token = await loadLinkToken(searchParams);
  const link = token === null ? null : await find(token);
  const isOpen = token !== null && link?.state === "open";
  return (
    <AuthCard
      title={text.title}
      description={isOpen ? text.description(link.email) : undefined}
      footer={isOpen ? undefined : <BackToSignIn />}
    >
      {isOpen ? children(link, token) : <MailedLinkDead state={link?.state} text={text} />}
    </AuthCard>
  );
}
