import Link from "next/link";

import { RelativeTime } from "@/components/feedback/relative-time";
import type { CapturedMailSummary } from "@/lib/mail/schemas";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

const text = messages.mail;

/** One message of the list and the address at which it is open. */
export type MailListItem = CapturedMailSummary & { href: string };

/** Captured messages, newest first; the open one is marked. */
export function MailList({ mails, openId }: { mails: readonly MailListItem[]; openId: string | null }) {
  return (
    <nav aria-label={text.list}>
      <ul className="divide-y">
        {mails.map((mail) => (
          <li
            key={mail.id}
            className={cn(
              "relative transition-colors duration-150 hover:bg-muted/60",
              mail.id === openId && "bg-selected hover:bg-selected",
            )}
          >
            <Link
              href={mail.href}
              prefetch={false}
              scroll={false}
              aria-current={mail.id === openId ? "true" : undefined}
              className="flex flex-col gap-0.5 px-4 py-3 pr-24 outline-none after:absolute after:inset-0 focus-visible:after:ring-2 focus-visible:after:ring-ring focus-visible:after:ring-inset"
            >
              <bdi className="truncate font-medium text-[13px]">{mail.subject}</bdi>
              <bdi className="truncate text-muted-foreground text-xs">{mail.to}</bdi>
            </Link>
            <span className="absolute top-2 right-4 z-10 text-muted-foreground text-xs [&_button]:min-h-6">
              <RelativeTime value={mail.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </nav>
  );
}
