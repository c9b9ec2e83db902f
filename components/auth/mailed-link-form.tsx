"use client";

import { type FormEvent, type ReactNode, useState } from "react";

import { FormProblem } from "@/components/auth/form-notice";
import { MailedLinkDead, type MailedLinkDeadWords } from "@/components/auth/mailed-link-dead";
import { SubmitButton } from "@/components/auth/submit-button";
import { isLinkRefused, toFormProblems } from "@/components/auth/to-form-problems";
import { Detail, DetailList } from "@/components/detail/detail-list";
import { RelativeTime } from "@/components/feedback/relative-time";
import { countryName, deviceName } from "@/components/sessions/session-words";
import type { AuthResult } from "@/lib/auth/auth-client";
import type { MailedLink } from "@/lib/one-time-links/schemas";

/** The words of the page behind a mail's link. */
export type MailedLinkWords = MailedLinkDeadWords & {
  device: string;
  place: string;
  time: string;
  unknownPlace: string;
  next: string;
  submit: string;
  busy: string;
  ignore: string;
};

/** Properties of the form behind a mail's link. */
export type MailedLinkFormProps<Answer> = {
  link: MailedLink;
  text: MailedLinkWords;
  consequences: readonly string[];
  perform: () => Promise<AuthResult<Answer>>;
  /** Draws what the link has done. */
  children: (answer: Answer) => ReactNode;
};

/** Says what the mail was about and what will happen, with the one button that makes it happen. */
export function MailedLinkForm<Answer>({ link, text, consequences, perform, children }: MailedLinkFormProps<Answer>) {
  const [problem, setProblem] = useState<string>();
  const [dead, setDead] = useState(false);
  const [pending, setPending] = useState(false);
  const [done, setDone] = useState<{ answer: Answer } | null>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setPending(true);
    const answer = await perform();
    setPending(false);
    if (answer.ok) return setDone({ answer: answer.data });
    if (isLinkRefused(answer)) return setDead(true);
    setProblem(toFormProblems(answer, []).form);
  };

  if (dead) return <MailedLinkDead state="used" text={text} />;
  if (done) return children(done.answer);
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem>{problem}</FormProblem>
      <Facts link={link} text={text} />
      <div className="flex flex-col gap-1 text-sm">
        <p className="font-medium">{text.next}</p>
        <ul className="flex list-disc flex-col gap-1 ps-5 text-muted-foreground [overflow-wrap:anywhere]">
          {consequences.map((consequence) => (
            <li key={consequence}>{consequence}</li>
          ))}
        </ul>
      </div>
      <SubmitButton pending={pending} busy={text.busy}>
        {text.submit}
      </SubmitButton>
      <p className="text-center text-muted-foreground text-sm">{text.ignore}</p>
    </form>
  );
}

function Facts({ link, text }: Pick<MailedLinkFormProps<unknown>, "link" | "text">) {
  const { country, ipAddress, at } = link;
  const place = [country === null ? null : countryName(country), ipAddress].filter((part) => part !== null);
  return (
    <DetailList className="border-y">
      <Detail label={text.device}>{deviceName(link)}</Detail>
      <Detail label={text.place}>{place.length === 0 ? text.unknownPlace : place.join(", ")}</Detail>
      <Detail label={text.time}>
        <RelativeTime value={at} />
      </Detail>
    </DetailList>
  );
}
