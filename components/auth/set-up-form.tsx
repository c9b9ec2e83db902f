"use client";

import { type FormEvent, useState } from "react";

import { emailProblem, newPasswordProblem } from "@/components/auth/check-credentials";
import { DeadLink } from "@/components/auth/dead-link";
import { FormProblem } from "@/components/auth/form-notice";
import { PasswordInput } from "@/components/auth/password-input";
import { SubmitButton } from "@/components/auth/submit-button";
import { type FormProblems, isLinkRefused, toFormProblems } from "@/components/auth/to-form-problems";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { showProblems } from "@/components/ui/show-problems";
import { setUpOwner } from "@/lib/auth/auth-client";
import { messages } from "@/lib/ui/messages";

const text = messages.auth;
const fields = ["email", "name", "password"];
const NAME_LENGTH_MAX = 200;

/** Creates the first owner by the one-time link. */
export function SetUpForm({ token }: { token: string }) {
  const [problems, setProblems] = useState<FormProblems>({});
  const [pending, setPending] = useState(false);
  const [dead, setDead] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const owner = readOwner(new FormData(form));
    const found = findProblems(owner);
    showProblems(form, () => setProblems(found));
    if (fields.some((field) => found[field])) return;
    setPending(true);
    const answer = await setUpOwner({ token, ...owner });
    if (answer.ok) return window.location.assign("/sign-in?reason=set-up");
    setPending(false);
    if (isLinkRefused(answer)) return setDead(true);
    showProblems(form, () => setProblems(toFormProblems(answer, fields)));
  };

  if (dead) return <SetUpLinkDead />;
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormProblem>{problems.form}</FormProblem>
      <Field label={text.name} error={problems.name} required>
        {(control) => <Input {...control} name="name" autoComplete="name" maxLength={NAME_LENGTH_MAX} dir="auto" />}
      </Field>
      <Field label={text.email} error={problems.email} required>
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            inputMode="email"
            autoCapitalize="none"
            spellCheck={false}
            dir="ltr"
          />
        )}
      </Field>
      <Field label={text.password} hint={text.passwordHint} error={problems.password} required>
        {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" />}
      </Field>
      <SubmitButton pending={pending} busy={text.setUp.busy}>
        {text.setUp.submit}
      </SubmitButton>
    </form>
  );
}

/** A set-up link that was used, replaced, or is too old. */
export function SetUpLinkDead() {
  return <DeadLink title={text.setUp.deadTitle} body={text.setUp.dead} href="/sign-in" label={text.backToSignIn} />;
}

type Owner = { email: string; name: string; password: string };

function readOwner(values: FormData): Owner {
  const textOf = (field: string) => String(values.get(field) ?? "");
  return { email: textOf("email").trim(), name: textOf("name").trim(), password: textOf("password") };
}

function findProblems({ email, name, password }: Owner): FormProblems {
  return {
    email: emailProblem(email),
    name: name === "" ? text.nameMissing : undefined,
    password: newPasswordProblem(password),
  };
}
