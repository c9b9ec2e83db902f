"use client";

import { ErrorState } from "@/components/feedback/error-state";
import { messages } from "@/lib/ui/messages";

import "./globals.css";

/** The last resort, when the root layout itself failed: brings its own document and no providers. */
export default function GlobalError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>{messages.error.title}</title>
        <ErrorState
          className="min-h-dvh"
          titleAs="h1"
          title={messages.error.title}
          description={messages.error.hint}
          requestId={error.digest}
          onRetry={retry}
        />
      </body>
    </html>
  );
}
