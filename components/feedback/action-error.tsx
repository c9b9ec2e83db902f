import { CircleAlertIcon } from "lucide-react";
import { RequestId } from "@/components/feedback/error-state";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import type { ActionProblem } from "@/lib/ui/action-result";
import { messages } from "@/lib/ui/messages";

/** What went wrong with an action, in the form or dialog that asked for it; announced when it appears. */
export function ActionError({ problem }: { problem: ActionProblem }) {
  return (
    <Alert variant="destructive" role="alert">
      <CircleAlertIcon aria-hidden="true" />
      <AlertTitle>{messages.problem[problem.code] ?? problem.title}</AlertTitle>
      {problem.detail && problem.detail !== problem.title ? (
        <AlertDescription>{problem.detail}</AlertDescription>
      ) : null}
      {problem.errors?.map((error) => (
        <AlertDescription key={`${error.path}-${error.message}`}>{error.message}</AlertDescription>
      ))}
      {problem.requestId ? <RequestId value={problem.requestId} /> : null}
    </Alert>
  );
}
