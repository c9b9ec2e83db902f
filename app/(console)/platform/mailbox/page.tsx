import { MailIcon } from "lucide-react";
import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";

import { NoAccess } from "@/components/auth/no-access";
import { EmptyState } from "@/components/feedback/empty-state";
import { PageHeader } from "@/components/layout/page-header";
import { Mailbox } from "@/components/mail/mailbox";
import { MailboxProblem } from "@/components/mail/mailbox-problem";
import { pageQuery, pageResult } from "@/lib/http/page-query";
import { pageViewer } from "@/lib/http/page-viewer";
import { getCapturedMail } from "@/lib/mail/get-captured-mail";
import { listCapturedMail } from "@/lib/mail/list-captured-mail";
import { messages } from "@/lib/ui/messages";
import { loadMailboxParams, mailboxHref } from "./search-params";

const text = messages.mail;
const path = "/platform/mailbox";

export const metadata: Metadata = { title: text.title };

/** The mail that was kept instead of being sent. */
export default async function MailboxPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { mail: openId, cursor } = await loadMailboxParams(searchParams);
  const [viewer, result, open] = await Promise.all([
    pageViewer(),
    pageResult(listCapturedMail, { input: cursor === null ? {} : { cursor } }),
    openId === null ? null : pageQuery(getCapturedMail, { input: { mailId: openId } }),
  ]);
  if (!result.ok && result.problem.code === "FORBIDDEN") return <NoAccess viewer={viewer} />;
  return (
    <>
      <PageHeader title={text.title} description={text.description} className={open ? "max-md:hidden" : undefined} />
      {!result.ok ? (
        <MailboxProblem problem={result.problem} />
      ) : result.data.data.length === 0 && cursor === null ? (
        <EmptyState
          className="rounded-lg border"
          icon={MailIcon}
          title={text.emptyTitle}
          description={text.emptyHint}
        />
      ) : (
        <Mailbox
          mails={result.data.data.map((mail) => ({ ...mail, href: mailboxHref(path, { mail: mail.id, cursor }) }))}
          open={open}
          listHref={mailboxHref(path, { cursor })}
          newestHref={cursor === null ? null : path}
          olderHref={result.data.nextCursor === null ? null : mailboxHref(path, { cursor: result.data.nextCursor })}
        />
      )}
    </>
  );
}
