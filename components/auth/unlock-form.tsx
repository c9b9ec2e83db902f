"use client";

import { LockOpenIcon } from "lucide-react";
import Link from "next/link";

import { FormOutcome } from "@/components/auth/form-outcome";
import { MailedLinkForm } from "@/components/auth/mailed-link-form";
import { buttonVariants } from "@/components/ui/button";
import { unlockSignIn } from "@/lib/auth/auth-client";
import type { MailedLink } from "@/lib/one-time-links/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.lockout.link;

/** Says what locked the account and what unlocking does, with the one button that does it. */
export function UnlockForm({ link, token }: { link: MailedLink; token: string }) {
  return (
    <MailedLinkForm
      link={link}
      text={text}
      consequences={[text.unlocks, text.remembers]}
      perform={() => unlockSignIn({ token })}
    >
      {({ email }) => (
        <FormOutcome icon={LockOpenIcon} title={text.doneTitle} body={text.done(email)}>
          <Link href="/sign-in" className={buttonVariants({ size: "sm" })}>
            {text.signIn}
          </Link>
        </FormOutcome>
      )}
    </MailedLinkForm>
  );
}
