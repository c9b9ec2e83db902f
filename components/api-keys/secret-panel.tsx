"use client";

import { TriangleAlertIcon } from "lucide-react";

import { CopyButton } from "@/components/feedback/copy-button";
import { RelativeTime } from "@/components/feedback/relative-time";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { messages } from "@/lib/ui/messages";

const text = messages.apiKeys.secret;

/** Properties of the panel; a rotated key says until when the one before is accepted. */
export type SecretPanelProps = { secret: string; previousValidUntil?: string | null; rotated?: boolean };

/** A key, this once: to copy, with what to do with it. */
export function SecretPanel({ secret, previousValidUntil = null, rotated = false }: SecretPanelProps) {
  return (
    <div className="flex flex-col gap-4">
      <Alert variant="warning">
        <TriangleAlertIcon aria-hidden="true" />
        <AlertTitle>{text.warningTitle}</AlertTitle>
        <AlertDescription>{text.warning}</AlertDescription>
      </Alert>
      <div className="flex flex-col gap-1.5">
        <span className="font-medium text-sm">{text.label}</span>
        <div className="rounded-lg border bg-muted/50 px-3 py-2.5 [overflow-wrap:anywhere]">
          <CopyButton
            value={secret}
            what={text.what}
            className="items-start! text-start font-mono text-[13px] [&>span:first-child]:whitespace-normal! [&>span:first-child]:break-all"
          >
            {secret}
          </CopyButton>
        </div>
      </div>
      <div className="flex flex-col gap-1.5 text-[13px]">
        <span className="text-muted-foreground">{text.use}</span>
        <code className="overflow-x-auto rounded-lg border bg-muted/50 px-3 py-2 font-mono text-[12px]">
          Authorization: Bearer {secret.slice(0, 10)}…
        </code>
      </div>
      {rotated ? (
        <p className="text-muted-foreground text-sm">
          {previousValidUntil ? (
            <>
              {text.oldUntil} <RelativeTime value={previousValidUntil} />.
            </>
          ) : (
            text.oldGone
          )}
        </p>
      ) : null}
    </div>
  );
}
