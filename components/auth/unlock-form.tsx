"use client";

import { LockOpenIcon } from "lucide-react";
import Link from "next/link";
import { type FormEvent, useState } from "react";

import { DeadLink } from "@/components/auth/dead-link";
import { FormProblem } from "@/components/auth/form-notice";
import { SubmitButton } from "@/components/auth/submit-button";
import { isLinkRefused, toFormProblems } from "@/components/auth/to-form-problems";
import { Detail, DetailList } from "@/components/detail/detail-list";
import { RelativeTime } from "@/components/feedback/relative-time";
import { countryName, deviceName } from "@/components/sessions/session-words";
import { buttonVariants } from "@/components/ui/button";
import type { UnlockLink, UnlockLinkState } from "@/lib/account-lockout/schemas";
import { unlockSignIn } from "@/lib/auth/auth-client";
import { messages } from "@/lib/ui/messages";

const text = messages.lockout.link;

/** Says what locked the account and what unlocking does, with the one button that does it. */
export function UnlockForm({ link, token }: { link: UnlockLink; token: string }) {
  const [problem, setProblem] = useState<string>();
  const [dead, setDead] = useState(false);
  const [pending, setPending] = useState(false);
  const [done, setDone] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setPending(true);
    const answer = await unlockSignIn({ token });
    setPending(false);
    if (answer.ok) return setDone(true);
    if (isLinkRefused(answer)) return setDead(true);
    setProblem(toFormProblems(answer, []).form);
  };

  if (dead) return <UnlockLinkDead state="used" />;
  if (done) return <Unlocked email={link.email} />;
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem>{problem}</FormProblem>
      <DetailList className="border-y">
        <Detail label={text.device}>{deviceName(link)}</Detail>
        <Detail label={text.place}>{placeOf(link)}</Detail>
        <Detail label={text.time}>
          <RelativeTime value={link.failedAt} />
        </Detail>
      </DetailList>
      <div className="flex flex-col gap-1 text-sm">
        <p className="font-medium">{text.next}</p>
        <ul className="flex list-disc flex-col gap-1 ps-5 text-muted-foreground">
          <li>{text.unlocks}</li>
          <li>{text.remembers}</li>
        </ul>
      </div>
      <SubmitButton pending={pending} busy={text.busy}>
        {text.submit}
      </SubmitButton>
      <p className="text-center text-muted-foreground text-sm">{text.ignore}</p>
    </form>
  );
}

/** A link that was used, has run out, or was cut off on its way; `state` is undefined where nobody knows it. */
export function UnlockLinkDead({ state }: { state?: UnlockLinkState | undefined }) {
  const dead = state === undefined || state === "open" ? text.dead.unknown : text.dead[state];
  return <DeadLink title={dead.title} body={dead.body} href="/forgot-password" label={text.reset} />;
}

function Unlocked({ email }: { email: string }) {
  return (
    <div className="flex flex-col items-center gap-3 text-center">
      <span className="flex size-10 items-center justify-center rounded-lg border bg-success/10 text-success">
        <LockOpenIcon className="size-5" aria-hidden="true" />
      </span>
      <div role="status" className="flex flex-col gap-1">
        <p className="font-medium text-sm">{text.doneTitle}</p>
        <p className="text-muted-foreground text-sm [overflow-wrap:anywhere]">{text.done(email)}</p>
      </div>
      <Link href="/sign-in" className={buttonVariants({ size: "sm" })}>
        {text.signIn}
      </Link>
    </div>
  );
}

function placeOf({ country, ipAddress }: UnlockLink): string {
  const known = [country === null ? null : countryName(country), ipAddress].filter((part) => part !== null);
  return known.length === 0 ? text.unknownPlace : known.join(", ");
}
