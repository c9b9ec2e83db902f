"use client";

import { CircleAlertIcon, RotateCwIcon } from "lucide-react";
import type { ReactNode } from "react";

import { CopyButton } from "@/components/feedback/copy-button";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

/** Properties of a failure in place. */
export type ErrorStateProps = {
  /** What happened. */
  title: string;
  /** What to do. */
  description?: ReactNode;
  requestId?: string | undefined;
  onRetry?: () => void;
  retrying?: boolean;
  /** Further ways on, beside the retry. */
  action?: ReactNode;
  /** `h1` where this is all that the page shows. */
  titleAs?: "p" | "h1";
  className?: string;
};

/** Says what failed, what to do, and the request id to pass on; announced when it appears. */
export function ErrorState({
  title,
  description,
  requestId,
  onRetry,
  retrying = false,
  action,
  titleAs: Title = "p",
  className,
}: ErrorStateProps) {
  return (
    <div
      role="alert"
      data-slot="error-state"
      className={cn("flex flex-col items-center justify-center gap-1 px-6 py-14 text-center", className)}
    >
      <span className="mb-3 flex size-10 items-center justify-center rounded-lg border border-destructive/30 bg-destructive/8 text-destructive dark:text-red-400">
        <CircleAlertIcon className="size-5" aria-hidden="true" />
      </span>
      <Title className="font-medium text-sm">{title}</Title>
      {description ? <p className="max-w-md text-balance text-muted-foreground text-sm">{description}</p> : null}
      {requestId ? <RequestId value={requestId} /> : null}
      <div className="mt-4 flex flex-wrap justify-center gap-2 empty:hidden">
        {onRetry ? (
          <Button variant="outline" size="sm" onClick={onRetry} disabled={retrying}>
            <RotateCwIcon className={cn(retrying && "animate-spin")} aria-hidden="true" />
            {messages.common.retry}
          </Button>
        ) : null}
        {action}
      </div>
    </div>
  );
}

/** The request id of a failed call, to copy into a report. */
export function RequestId({ value, className }: { value: string; className?: string }) {
  return (
    <p className={cn("mt-1 text-muted-foreground text-xs", className)}>
      {messages.common.requestId}{" "}
      <CopyButton value={value} what="request id" className="align-bottom font-mono text-foreground">
        {value}
      </CopyButton>
    </p>
  );
}
