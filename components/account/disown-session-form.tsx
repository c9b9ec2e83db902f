"use client";

import { ShieldCheckIcon } from "lucide-react";
import Link from "next/link";

import { FormOutcome } from "@/components/auth/form-outcome";
import { MailedLinkForm } from "@/components/auth/mailed-link-form";
import { buttonVariants } from "@/components/ui/button";
import { disownSession } from "@/lib/auth/auth-client";
import type { MailedLink } from "@/lib/one-time-links/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.account.notMe;

/** Says what the sign-in was and what will happen, with the one button that makes it happen. */
export function DisownSessionForm({ link, token }: { link: MailedLink; token: string }) {
  return (
    <MailedLinkForm
      link={link}
      text={text}
      consequences={[text.ends, text.mails(link.email)]}
      perform={() => disownSession({ token })}
    >
      {({ ended, resetSent, email }) => (
        <FormOutcome
          icon={ShieldCheckIcon}
          title={`${text.doneTitle(ended)}. ${text.doneOver}`}
          body={resetSent ? text.sent(email) : text.unsent}
        >
          <Link href="/forgot-password" className={buttonVariants({ variant: "outline", size: "sm" })}>
            {text.reset}
          </Link>
        </FormOutcome>
      )}
    </MailedLinkForm>
  );
}
