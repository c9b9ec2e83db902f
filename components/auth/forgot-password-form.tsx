"use client";

import { MailCheckIcon } from "lucide-react";
import { type FormEvent, useState } from "react";

import { emailProblem } from "@/components/auth/check-credentials";
import { FormProblem } from "@/components/auth/form-notice";
import { FormOutcome } from "@/components/auth/form-outcome";
import { SubmitButton } from "@/components/auth/submit-button";
import { type FormProblems, toFormProblems } from "@/components/auth/to-form-problems";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { showProblems } from "@/components/ui/show-problems";
import { requestPasswordReset } from "@/lib/auth/auth-client";
import { messages } from "@/lib/ui/messages";

const text = messages.auth;

/** Asks for a reset link. The answer is the same whether or not the address has an account. */
export function ForgotPasswordForm() {
  const [problem, setProblem] = useState<FormProblems>({});
  const [pending, setPending] = useState(false);
  const [sentTo, setSentTo] = useState<string | null>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const email = String(new FormData(form).get("email") ?? "").trim();
    const refused = emailProblem(email);
    showProblems(form, () => setProblem({ email: refused }));
    if (refused) return;
    setPending(true);
    const answer = await requestPasswordReset({ email });
    setPending(false);
    if (answer.ok) return setSentTo(email);
    showProblems(form, () => setProblem(toFormProblems(answer, ["email"])));
  };

  if (sentTo !== null) return <Sent email={sentTo} onAgain={() => setSentTo(null)} />;
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormProblem>{problem.form}</FormProblem>
      <Field label={text.email} error={problem.email} required>
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
      <SubmitButton pending={pending} busy={text.forgot.busy}>
        {text.forgot.submit}
      </SubmitButton>
    </form>
  );
}

function Sent({ email, onAgain }: { email: string; onAgain: () => void }) {
  return (
    <FormOutcome icon={MailCheckIcon} title={text.forgot.sentTitle} body={text.forgot.sent(email)}>
      <Button variant="outline" size="sm" onClick={onAgain}>
        {text.forgot.again}
      </Button>
    </FormOutcome>
  );
}
