"use client";

import { ShieldOffIcon } from "lucide-react";

import { EmptyState } from "@/components/feedback/empty-state";
import { ErrorState } from "@/components/feedback/error-state";
import { messages } from "@/lib/ui/messages";
import { readProblemDigest } from "@/lib/ui/problem-digest";

/** A console page that could not be loaded: says so in its place, with the request id, and keeps the navigation. */
export function ConsoleError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const problem = readProblemDigest(error.digest);
  if (problem?.code === "FORBIDDEN") return <Forbidden />;
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

// Nothing failed: the page is somebody else's, or was this person's until a moment ago.
function Forbidden() {
  const { title, page } = messages.auth.forbidden;
  return <EmptyState className="min-h-[60dvh]" icon={ShieldOffIcon} title={title} description={page} />;
}
