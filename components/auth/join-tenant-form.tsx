"use client";

import { type FormEvent, useState } from "react";

import { FormProblem } from "@/components/auth/form-notice";
import { InvitationAccepted } from "@/components/auth/invitation-accepted";
import { SubmitButton } from "@/components/auth/submit-button";
import { toFormProblems } from "@/components/auth/to-form-problems";
import { type AcceptedInvitation, acceptInvitation } from "@/lib/auth/auth-client";
import { messages } from "@/lib/ui/messages";

const text = messages.auth.invitation;

/** Takes whoever is signed in under the invited address into the tenant: one button. */
export function JoinTenantForm({ invitationId, token }: { invitationId: string; token: string }) {
  const [problem, setProblem] = useState<string>();
  const [pending, setPending] = useState(false);
  const [accepted, setAccepted] = useState<AcceptedInvitation | null>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setPending(true);
    const answer = await acceptInvitation({ invitationId, token });
    if (answer.ok) return setAccepted(answer.data);
    setPending(false);
    setProblem(toFormProblems(answer, []).form);
  };

  if (accepted) return <InvitationAccepted accepted={accepted} />;
  return (
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
      <FormProblem>{problem}</FormProblem>
      <SubmitButton pending={pending} busy={text.joining}>
        {text.accept}
      </SubmitButton>
    </form>
  );
}
