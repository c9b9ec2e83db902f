import { MailOpenIcon } from "lucide-react";
import Link from "next/link";

import { EmptyState } from "@/components/feedback/empty-state";
import { MailList, type MailListItem } from "@/components/mail/mail-list";
import { MailReader } from "@/components/mail/mail-reader";
import { buttonVariants } from "@/components/ui/button";
import type { CapturedMail } from "@/lib/mail/schemas";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

const text = messages.mail;

/** Properties of the mailbox; an address is null where there is no such page. */
export type MailboxProps = {
  mails: readonly MailListItem[];
  open: CapturedMail | null;
  listHref: string;
  newestHref: string | null;
  olderHref: string | null;
};

/** Messages beside the one that is read; on a phone one after the other. */
export function Mailbox({ mails, open, listHref, newestHref, olderHref }: MailboxProps) {
  return (
    <div className="flex min-h-[32rem] overflow-hidden rounded-lg border bg-card">
      <div className={cn("flex w-full flex-col md:w-80 md:shrink-0 md:border-r lg:w-96", open && "max-md:hidden")}>
        <MailList mails={mails} openId={open?.id ?? null} />
        {newestHref || olderHref ? (
          <div className="mt-auto flex justify-between gap-2 border-t p-2">
            <PageLink href={newestHref} label={text.newest} />
            <PageLink href={olderHref} label={text.older} />
          </div>
        ) : null}
      </div>
      {open ? (
        <MailReader mail={open} listHref={listHref} />
      ) : (
        <EmptyState className="flex-1 max-md:hidden" icon={MailOpenIcon} title={text.choose} />
      )}
    </div>
  );
}

function PageLink({ href, label }: { href: string | null; label: string }) {
  if (href === null) return <span />;
  return (
    <Link href={href} prefetch={false} className={buttonVariants({ variant: "outline", size: "xs" })}>
      {label}
    </Link>
  );
}
