"use client";

import { type FormEvent, useState } from "react";

import { newPasswordProblem } from "@/components/auth/check-credentials";
import { FormProblem } from "@/components/auth/form-notice";
import { InvitationAccepted } from "@/components/auth/invitation-accepted";
import { PasswordInput } from "@/components/auth/password-input";
import { SubmitButton } from "@/components/auth/submit-button";
import { type FormProblems, toFormProblems } from "@/components/auth/to-form-problems";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { showProblems } from "@/components/ui/show-problems";
import { type AcceptedInvitation, acceptInvitation, signIn } from "@/lib/auth/auth-client";
import type { InvitationLink } from "@/lib/invitations/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.auth;
const fields = ["name", "password"];
const NAME_LENGTH_MAX = 200;

/** Makes an account for somebody who has none, and takes them into the tenant. */
export function AcceptInvitationForm({ link, token }: { link: InvitationLink; token: string }) {
  const [problems, setProblems] = useState<FormProblems>({});
  const [pending, setPending] = useState(false);
  const [accepted, setAccepted] = useState<AcceptedInvitation | null>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const newcomer = read(new FormData(form));
    const found = findProblems(newcomer);
    showProblems(form, () => setProblems(found));
    if (fields.some((field) => found[field])) return;
    setPending(true);
    const answer = await acceptInvitation({ invitationId: link.id, token, ...newcomer });
    if (answer.ok) {
      // Whether or not this succeeds they are in: the tenant's page leads whoever is signed out to the sign-in.
      await signIn({ email: link.email, password: newcomer.password });
      return setAccepted(answer.data);
    }
    setPending(false);
    showProblems(form, () => setProblems(toFormProblems(answer, fields)));
  };

  if (accepted) return <InvitationAccepted accepted={accepted} />;
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormProblem>{problems.form}</FormProblem>
      <Field label={text.email}>
        {(control) => (
          <Input
            {...control}
            name="username"
            type="email"
            autoComplete="username"
            value={link.email}
            readOnly
            dir="ltr"
          />
        )}
      </Field>
      <Field label={text.name} error={problems.name} required>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="name"
            maxLength={NAME_LENGTH_MAX}
            defaultValue={link.name ?? ""}
            dir="auto"
          />
        )}
      </Field>
      <Field label={text.password} hint={text.passwordHint} error={problems.password} required>
        {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" />}
      </Field>
      <SubmitButton pending={pending} busy={text.invitation.joining}>
        {text.invitation.create}
      </SubmitButton>
      <noscript>
        <p className="text-center text-muted-foreground text-sm">{text.needsJavaScript}</p>
      </noscript>
    </form>
  );
}

type Newcomer = { name: string; password: string };

function read(values: FormData): Newcomer {
  return { name: String(values.get("name") ?? "").trim(), password: String(values.get("password") ?? "") };
}

function findProblems({ name, password }: Newcomer): FormProblems {
  return { name: name === "" ? text.nameMissing : undefined, password: newPasswordProblem(password) };
}
