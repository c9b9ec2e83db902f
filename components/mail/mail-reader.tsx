import { ArrowLeftIcon } from "lucide-react";
import Link from "next/link";

import { RelativeTime } from "@/components/feedback/relative-time";
import { MailBody } from "@/components/mail/mail-body";
import { buttonVariants } from "@/components/ui/button";
import type { CapturedMail } from "@/lib/mail/schemas";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

const text = messages.mail;

/** One captured message as its reader would have had it; `listHref` leads back to the list on a phone. */
export function MailReader({ mail, listHref }: { mail: CapturedMail; listHref: string }) {
  return (
    <article className="flex min-w-0 flex-1 flex-col">
      <header className="flex flex-col gap-1 border-b px-5 py-4">
        <Link
          href={listHref}
          className={cn(buttonVariants({ variant: "ghost", size: "xs" }), "mb-2 -ml-2 w-fit md:hidden")}
        >
          <ArrowLeftIcon aria-hidden="true" />
          {text.back}
        </Link>
        <h2 className="font-semibold text-base leading-snug">
          <bdi>{mail.subject}</bdi>
        </h2>
        <p className="flex flex-wrap gap-x-2 text-muted-foreground text-xs">
          <span className="[overflow-wrap:anywhere]">
            {text.to} <bdi className="text-foreground">{mail.to}</bdi>
          </span>
          <span aria-hidden="true">·</span>
          <RelativeTime value={mail.createdAt} />
        </p>
      </header>
      <MailBody mail={mail} />
    </article>
  );
}
