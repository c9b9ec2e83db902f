"use client";

import { useState } from "react";

import { ErrorState } from "@/components/feedback/error-state";
import type { SessionFilterValues } from "@/components/sessions/filter-words";
import { RevocationForm } from "@/components/sessions/revocation-form";
import type { SessionActions } from "@/components/sessions/session-actions";
import { type PreviewState, usePreview } from "@/components/sessions/use-preview";
import { Sheet, SheetContent, SheetDescription, SheetTitle } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import type { RoleChoice } from "@/components/users/user-actions";
import { previewedMax } from "@/lib/sessions/preview-schemas";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.revocation;

/** Properties of the panel. */
export type RevocationSheetProps = {
  filter: SessionFilterValues;
  roles: readonly RoleChoice[];
  actions: Pick<SessionActions, "preview" | "endMatching">;
  onDone: (receipt: Receipt) => void;
  onClose: () => void;
};

/** Shows what ending every session of a filter would hit, and does it once it is confirmed. */
export function RevocationSheet({ filter, roles, actions, onDone, onClose }: RevocationSheetProps) {
  const [pending, setPending] = useState(false);
  const { shown, lookAgain, expire } = usePreview(filter, actions.preview);
  return (
    <Sheet open onOpenChange={(open) => (open || pending ? undefined : onClose())}>
      <SheetContent className="max-w-2xl" onOpenAutoFocus={focusPanel}>
        <div className="flex flex-col gap-0.5 border-b px-5 py-4 pr-14">
          <SheetTitle className="font-semibold text-base leading-snug">{titleOf(shown)}</SheetTitle>
          {/* Beside the title: a status inside it would be no part of the panel's name. */}
          <span role="status" className="sr-only">
            {shown.state === "loading" ? "" : titleOf(shown)}
          </span>
          <SheetDescription className="text-muted-foreground text-xs">{text.description}</SheetDescription>
        </div>
        {shown.state === "loading" ? <Loading /> : null}
        {shown.state === "failed" ? (
          <ErrorState
            className="flex-1"
            title={text.title.failed}
            description={shown.problem.errors?.[0]?.message ?? shown.problem.detail ?? shown.problem.title}
            requestId={shown.problem.requestId}
            onRetry={lookAgain}
          />
        ) : null}
        {shown.state === "ready" ? (
          <RevocationForm
            filter={filter}
            roles={roles}
            preview={shown.preview}
            expired={shown.expired}
            pending={pending}
            onPendingChange={setPending}
            onLookAgain={lookAgain}
            onExpired={expire}
            perform={actions.endMatching}
            onDone={onDone}
          />
        ) : null}
      </SheetContent>
    </Sheet>
  );
}

function titleOf(shown: PreviewState): string {
  if (shown.state !== "ready") return shown.state === "failed" ? text.title.failed : text.title.loading;
  const { matching, capped } = shown.preview;
  return matching === 0 ? text.title.nothing : text.title.ready(Math.min(matching, previewedMax), capped);
}

// The panel as a whole takes the focus: what it says comes before what can be pressed in it.
function focusPanel(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}

/** The shape of the preview while it is counted. */
function Loading() {
  return (
    <div className="flex flex-col gap-6 px-5 py-5" aria-hidden="true">
      <Skeleton className="h-14 w-full" />
      <div className="grid gap-6 sm:grid-cols-2">
        <Skeleton className="h-24 w-full" />
        <Skeleton className="h-24 w-full" />
      </div>
      <Skeleton className="h-40 w-full" />
    </div>
  );
}
