"use client";

import { ErrorState } from "@/components/feedback/error-state";
import { messages } from "@/lib/ui/messages";
import { readProblemDigest } from "@/lib/ui/problem-digest";

/** A page that could not be rendered: says so in its place, with what the server logged it under. */
export default function PageError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <ErrorState
      className="min-h-[60dvh]"
      titleAs="h1"
      title={messages.error.title}
      description={messages.error.hint}
      requestId={readProblemDigest(error.digest)?.requestId ?? error.digest}
      onRetry={retry}
    />
  );
}
