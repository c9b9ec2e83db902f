"use client";

import { PasswordInput } from "@/components/auth/password-input";
import { toFormProblems } from "@/components/auth/to-form-problems";
import { FormDialog } from "@/components/detail/form-dialog";
import { Field } from "@/components/ui/field";
import { signIn } from "@/lib/auth/auth-client";
import type { ActionResult } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";
import { readRememberMe } from "@/lib/ui/remember-me";

const text = messages.stepUp;

/** Properties of the dialog. `onClose` is called in either case, after `onConfirmed`. */
export type StepUpDialogProps = { email: string; onConfirmed: () => void; onClose: () => void };

/** Asks for the password once more. Proving it makes a new session, as a fresh proof does everywhere. */
export function StepUpDialog({ email, onConfirmed, onClose }: StepUpDialogProps) {
  return (
    <FormDialog
      title={text.title}
      description={text.description}
      submit={text.submit}
      busy={text.busy}
      check={(values) => ({ password: passwordOf(values) === "" ? messages.auth.passwordMissing : undefined })}
      perform={(values) => prove(email, passwordOf(values))}
      onDone={onConfirmed}
      onClose={onClose}
    >
      {(problems) => (
        <>
          {/* Tells password managers whose password is asked for. */}
          <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
          <p className="text-[13px] text-muted-foreground">
            {text.as} <bdi className="font-medium text-foreground">{email}</bdi>
          </p>
          <Field label={messages.auth.password} error={problems.password} required>
            {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" autoFocus />}
          </Field>
        </>
      )}
    </FormDialog>
  );
}

const passwordOf = (values: FormData): string => String(values.get("password") ?? "");

async function prove(email: string, password: string): Promise<ActionResult<null>> {
  const answer = await signIn({ email, password, rememberMe: readRememberMe() });
  if (answer.ok) return { ok: true, data: null };
  const problems = answer.status === 401 ? { password: text.wrong } : toFormProblems(answer, ["password"]);
  const message =
    problems.password ?? Object.values(problems).find((problem) => problem !== undefined) ?? answer.detail;
  return { ok: false, problem: { code: answer.code, title: message, errors: [{ path: "password", message }] } };
}
