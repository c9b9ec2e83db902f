"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";

import { ErrorState } from "@/components/feedback/error-state";
import type { ActionProblem } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

/** Says in place that the messages could not be loaded, with the way to try again. */
export function MailboxProblem({ problem }: { problem: ActionProblem }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  return (
    <ErrorState
      className="rounded-lg border"
      title={messages.table.failed(messages.mail.noun)}
      description={problem.detail ?? problem.title}
      requestId={problem.requestId}
      onRetry={() => startTransition(() => router.refresh())}
      retrying={pending}
    />
  );
}
