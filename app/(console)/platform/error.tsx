"use client";

import { ErrorState } from "@/components/feedback/error-state";
import { messages } from "@/lib/ui/messages";
import { readProblemDigest } from "@/lib/ui/problem-digest";

/** A console page that could not be loaded: says so in its place, with the request id, and keeps the navigation. */
export default function ConsoleError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const problem = readProblemDigest(error.digest);
  return (
    <ErrorState
      className="min-h-[60dvh]"
      title={messages.error.title}
      description={problem?.code === "UNAVAILABLE" ? messages.error.unavailable : messages.error.hint}
      requestId={problem?.requestId ?? error.digest}
      onRetry={retry}
    />
  );
}
