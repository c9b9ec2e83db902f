"use client";

import Link from "next/link";
import { type FormEvent, useState } from "react";

import { emailProblem } from "@/components/auth/check-credentials";
import { FormProblem } from "@/components/auth/form-notice";
import { PasswordInput } from "@/components/auth/password-input";
import { type SignInRefusal, SignInRefused } from "@/components/auth/sign-in-refused";
import { SubmitButton } from "@/components/auth/submit-button";
import { type FormProblems, toFormProblems } from "@/components/auth/to-form-problems";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { showProblems } from "@/components/ui/show-problems";
import { signIn } from "@/lib/auth/auth-client";
import { messages } from "@/lib/ui/messages";
import { noteRememberMe } from "@/lib/ui/remember-me";

const text = messages.auth;

/** Properties of the form. `rememberMe`: whether people may stay signed in. */
export type SignInFormProps = { next: string; rememberMe: boolean };

/** Address and password. The fields are uncontrolled, so that nothing typed or filled in before hydration is lost. */
export function SignInForm({ next, rememberMe }: SignInFormProps) {
  const [problems, setProblems] = useState<FormProblems>({});
  const [refusal, setRefusal] = useState<SignInRefusal | null>(null);
  const [pending, setPending] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const values = new FormData(form);
    const input = {
      email: String(values.get("email") ?? "").trim(),
      password: String(values.get("password") ?? ""),
      rememberMe: values.get("rememberMe") === "on",
    };
    const found = findProblems(input);
    showProblems(form, () => setProblems(found));
    if (found.email || found.password) return;
    setPending(true);
    setRefusal(null);
    const answer = await signIn(input);
    if (answer.ok) noteRememberMe(input.rememberMe);
    // A full load, so that nothing cached from before the sign-in is shown.
    if (answer.ok) return window.location.assign(next);
    setPending(false);
    if (answer.status === 429) return setRefusal(answer);
    // Which of the two is wrong is told to nobody.
    const refused =
      answer.status === 401 ? { password: text.signIn.wrong } : toFormProblems(answer, ["email", "password"]);
    showProblems(form, () => setProblems(refused));
  };

  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormProblem>{problems.form}</FormProblem>
      <SignInRefused refusal={refusal} />
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
      <Field label={text.password} error={problems.password} required>
        {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" />}
      </Field>
      <div className="flex flex-wrap items-center justify-between gap-2">
        {rememberMe ? (
          <Label className="font-normal">
            <Checkbox name="rememberMe" defaultChecked />
            {text.rememberMe}
          </Label>
        ) : (
          <p className="text-muted-foreground text-xs">{text.notRemembered}</p>
        )}
        <Link
          href="/forgot-password"
          className="rounded-sm text-primary text-sm underline-offset-4 outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring dark:text-indigo-300"
        >
          {text.signIn.forgot}
        </Link>
      </div>
      <SubmitButton pending={pending} busy={text.signIn.busy}>
        {text.signIn.submit}
      </SubmitButton>
      <noscript>
        <p className="text-center text-muted-foreground text-sm">{text.needsJavaScript}</p>
      </noscript>
    </form>
  );
}

function findProblems({ email, password }: { email: string; password: string }): FormProblems {
  return { email: emailProblem(email), password: password === "" ? text.passwordMissing : undefined };
}
