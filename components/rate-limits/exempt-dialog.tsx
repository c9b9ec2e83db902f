"use client";

import { useState } from "react";
import { toast } from "sonner";

import { FormDialog } from "@/components/detail/form-dialog";
import { ReasonField } from "@/components/feedback/reason-field";
import { endOf, LifeField } from "@/components/rate-limits/life-field";
import type { RateLimitActions } from "@/components/rate-limits/rate-limit-actions";
import { accountOf, subjectName } from "@/components/rate-limits/rate-limit-words";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { RateLimitSubject } from "@/lib/rate-limit-monitor/schemas";
import { messages } from "@/lib/ui/messages";
import { rememberReason } from "@/lib/ui/recent-reasons";

const text = messages.rateLimits.exemptForm;
const HOUR = 3600;
const DAY = 24 * HOUR;
const LIVES = [HOUR, 8 * HOUR, DAY, 7 * DAY, 30 * DAY, 90 * DAY, 365 * DAY];

type ExemptDialogProps = {
  /** Null: the form asks for a range of addresses. */
  subject: RateLimitSubject | null;
  perform: RateLimitActions["exempt"];
  onClose: () => void;
};

/** Lets a range of network addresses, or an account, through whatever the rules say. */
export function ExemptDialog({ subject, perform, onClose }: ExemptDialogProps) {
  const [reason, setReason] = useState("");
  const given = reason.trim();
  const user = subject === null ? null : accountOf(subject);
  const cidrOf = (values: FormData) => String(values.get("cidr") ?? "").trim();
  return (
    <FormDialog
      title={subject ? text.titleOf(subjectName(subject)) : text.title}
      description={text.description}
      submit={text.submit}
      busy={text.busy}
      check={(values) => ({
        cidr: user === null && cidrOf(values) === "" ? text.cidrMissing : undefined,
        reason: given === "" ? messages.rateLimits.blockForm.reasonMissing : undefined,
      })}
      perform={(values) =>
        perform({
          ...(user ? { userId: user.id } : { cidr: cidrOf(values) }),
          expiresAt: endOf(values),
          reason: given,
        })
      }
      onDone={(made) => {
        rememberReason(given);
        toast.success(text.done(made.cidr ?? made.user?.name ?? made.user?.email ?? ""));
      }}
      onClose={onClose}
    >
      {(problems) => (
        <>
          {user ? null : (
            <Field label={text.cidr} hint={text.cidrHint} error={problems.cidr} required>
              {(control) => (
                <Input
                  {...control}
                  name="cidr"
                  defaultValue={subject?.label ?? ""}
                  maxLength={50}
                  autoComplete="off"
                  dir="ltr"
                  className="font-mono"
                />
              )}
            </Field>
          )}
          <LifeField label={text.life} seconds={LIVES} initial={DAY} error={problems.expiresAt} />
          <ReasonField value={reason} onChange={setReason} required error={problems.reason} />
        </>
      )}
    </FormDialog>
  );
}
