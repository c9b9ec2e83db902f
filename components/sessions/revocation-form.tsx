"use client";

import { ClockAlertIcon, LoaderCircleIcon, RotateCwIcon } from "lucide-react";

import { ActionError } from "@/components/feedback/action-error";
import { PhraseField } from "@/components/feedback/phrase-field";
import { ReasonField } from "@/components/feedback/reason-field";
import { RelativeTime } from "@/components/feedback/relative-time";
import type { SessionFilterValues } from "@/components/sessions/filter-words";
import { PreviewSummary } from "@/components/sessions/preview-summary";
import { RevocationOptions } from "@/components/sessions/revocation-options";
import type { EndMatching } from "@/components/sessions/session-actions";
import { useRevocation } from "@/components/sessions/use-revocation";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { SheetClose } from "@/components/ui/sheet";
import type { RoleChoice } from "@/components/users/user-actions";
import type { RevocationPreview } from "@/lib/sessions/preview-schemas";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.revocation;

/** Properties of the form below a preview. */
export type RevocationFormProps = {
  filter: SessionFilterValues;
  roles: readonly RoleChoice[];
  preview: RevocationPreview;
  /** The preview may no longer be acted on. */
  expired: boolean;
  pending: boolean;
  onPendingChange: (pending: boolean) => void;
  onLookAgain: () => void;
  onExpired: () => void;
  perform: EndMatching;
  onDone: (receipt: Receipt) => void;
};

/** What would end, what one may add to it, why, and the act itself. */
export function RevocationForm(props: RevocationFormProps) {
  const { filter, preview, expired, pending, onLookAgain } = props;
  const { options, setOptions, reason, phrase, count, blocked, problem, submit } = useRevocation(props);
  const act = options.includeNew ? text.submitMore(count, preview.capped) : text.submit(count, preview.capped);
  return (
    <form onSubmit={submit} noValidate className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto px-5 py-5">
        <PreviewSummary filter={filter} roles={props.roles} preview={preview} includesOwn={options.includeOwn} />
        <RevocationOptions own={preview.leftOut.own} value={options} onChange={setOptions} />
        <ReasonField {...reason} required />
        {phrase ? <PhraseField {...phrase} /> : null}
        {problem ? <ActionError problem={problem} /> : null}
      </div>
      <div className="flex flex-col gap-3 border-t bg-background px-5 py-4">
        {expired ? <Expired onLookAgain={onLookAgain} /> : null}
        <div className="flex items-center gap-2 max-sm:flex-wrap">
          <p className="mr-auto text-muted-foreground text-xs max-sm:w-full">
            {text.asOf} <RelativeTime value={preview.asOf} />
            {expired ? null : (
              <Button variant="ghost" size="xs" className="ml-1" onClick={onLookAgain} disabled={pending}>
                <RotateCwIcon aria-hidden="true" />
                {text.lookAgain}
              </Button>
            )}
          </p>
          <SheetClose asChild>
            <Button variant="outline" className="max-sm:flex-1" disabled={pending}>
              {messages.common.cancel}
            </Button>
          </SheetClose>
          <Button type="submit" variant="destructive" className="max-sm:flex-1" disabled={blocked} aria-busy={pending}>
            {pending ? <LoaderCircleIcon className="animate-spin" aria-hidden="true" /> : null}
            {pending ? text.busy : act}
          </Button>
        </div>
      </div>
    </form>
  );
}

function Expired({ onLookAgain }: { onLookAgain: () => void }) {
  return (
    <Alert variant="warning" role="alert">
      <ClockAlertIcon aria-hidden="true" />
      <AlertTitle>{text.expired}</AlertTitle>
      <AlertDescription>{text.expiredHint}</AlertDescription>
      <Button variant="outline" size="sm" className="mt-1 w-fit" onClick={onLookAgain}>
        <RotateCwIcon aria-hidden="true" />
        {text.lookAgain}
      </Button>
    </Alert>
  );
}
