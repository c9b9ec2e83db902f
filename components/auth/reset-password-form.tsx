"use client";

import { type FormEvent, useState } from "react";

import { newPasswordProblem } from "@/components/auth/check-credentials";
import { DeadLink } from "@/components/auth/dead-link";
import { FormProblem } from "@/components/auth/form-notice";
import { PasswordInput } from "@/components/auth/password-input";
import { SubmitButton } from "@/components/auth/submit-button";
import { type FormProblems, isLinkRefused, toFormProblems } from "@/components/auth/to-form-problems";
import { Field } from "@/components/ui/field";
import { showProblems } from "@/components/ui/show-problems";
import { resetPassword } from "@/lib/auth/auth-client";
import { messages } from "@/lib/ui/messages";

const text = messages.auth;

/** Chooses a new password by the link from the mail. */
export function ResetPasswordForm({ token }: { token: string }) {
  const [problems, setProblems] = useState<FormProblems>({});
  const [dead, setDead] = useState(false);
  const [pending, setPending] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const newPassword = String(new FormData(form).get("newPassword") ?? "");
    const refused = newPasswordProblem(newPassword);
    showProblems(form, () => setProblems({ newPassword: refused }));
    if (refused) return;
    setPending(true);
    const answer = await resetPassword({ newPassword, token });
    if (answer.ok) return window.location.assign("/sign-in?reason=password-reset");
    setPending(false);
    if (isLinkRefused(answer)) return setDead(true);
    showProblems(form, () => setProblems(toFormProblems(answer, ["newPassword"])));
  };

  if (dead) return <ResetLinkDead />;
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormProblem>{problems.form}</FormProblem>
      <Field label={text.newPassword} hint={text.passwordHint} error={problems.newPassword} required>
        {(control) => <PasswordInput {...control} name="newPassword" autoComplete="new-password" />}
      </Field>
      <SubmitButton pending={pending} busy={text.reset.busy}>
        {text.reset.submit}
      </SubmitButton>
    </form>
  );
}

/** A link that was used, is too old, or was cut off on its way. */
export function ResetLinkDead() {
  return (
    <DeadLink title={text.reset.deadTitle} body={text.reset.dead} href="/forgot-password" label={text.reset.askAgain} />
  );
}
