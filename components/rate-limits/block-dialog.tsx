"use client";

import { useState } from "react";
import { toast } from "sonner";

import { FormDialog } from "@/components/detail/form-dialog";
import { ReasonField } from "@/components/feedback/reason-field";
import { endOf, LifeField } from "@/components/rate-limits/life-field";
import type { RateLimitActions } from "@/components/rate-limits/rate-limit-actions";
import { accountOf, subjectName } from "@/components/rate-limits/rate-limit-words";
import { useScope } from "@/components/scope/scope-provider";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import type { RateLimitSubject } from "@/lib/rate-limit-monitor/schemas";
import { messages } from "@/lib/ui/messages";
import { rememberReason } from "@/lib/ui/recent-reasons";

const text = messages.rateLimits.blockForm;
const HOUR = 3600;
const LIVES = [HOUR / 4, HOUR, 6 * HOUR, 24 * HOUR, 7 * 24 * HOUR, 30 * 24 * HOUR, 90 * 24 * HOUR];

type BlockDialogProps = {
  /** Null: the form asks whom. */
  subject: RateLimitSubject | null;
  perform: RateLimitActions["block"];
  onClose: () => void;
};

/** Keeps an account or a network address out for a time. */
export function BlockDialog({ subject, perform, onClose }: BlockDialogProps) {
  const [reason, setReason] = useState("");
  const given = reason.trim();
  return (
    <FormDialog
      title={subject ? text.titleOf(subjectName(subject)) : text.title}
      description={text.description}
      submit={text.submit}
      busy={text.busy}
      check={(values) => ({
        subject: subject === null && textOf(values) === "" ? text.subjectMissing : undefined,
        reason: given === "" ? text.reasonMissing : undefined,
      })}
      perform={(values) =>
        perform({ ...(subject ? namesOf(subject) : typedOf(values)), until: endOf(values), reason: given })
      }
      onDone={(block) => {
        rememberReason(given);
        toast.success(text.done(subjectName(block.subject)));
      }}
      onClose={onClose}
    >
      {(problems) => (
        <>
          {subject ? null : <WhomFields error={problems.subject} />}
          <LifeField label={text.life} seconds={LIVES} initial={HOUR} error={problems.until} />
          <ReasonField value={reason} onChange={setReason} required error={problems.reason} />
        </>
      )}
    </FormDialog>
  );
}

function WhomFields({ error }: { error: string | undefined }) {
  const inTenant = useScope().kind === "tenant";
  const dimensions = inTenant ? (["account"] as const) : (["address", "account"] as const);
  const [dimension, setDimension] = useState<string>(dimensions[0]);
  return (
    <div className="grid items-start gap-4 sm:grid-cols-[9rem_1fr]">
      <Field label={text.dimension}>
        {({ required: _required, ...control }) => (
          <Select name="dimension" value={dimension} onValueChange={setDimension}>
            <SelectTrigger {...control} className="w-full">
              <SelectValue />
            </SelectTrigger>
            <SelectContent>
              {dimensions.map((value) => (
                <SelectItem key={value} value={value}>
                  {messages.rateLimits.dimension[value]}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        )}
      </Field>
      <Field label={text.subject} hint={text.subjectHint[dimension]} error={error} required>
        {(control) => <Input {...control} name="subject" maxLength={320} autoComplete="off" dir="auto" />}
      </Field>
    </div>
  );
}

const textOf = (values: FormData): string => String(values.get("subject") ?? "").trim();

const typedOf = (values: FormData) => ({ dimension: String(values.get("dimension")), subject: textOf(values) });

// A label of IPv6 is the network that stands for the address.
function namesOf(subject: RateLimitSubject) {
  const user = accountOf(subject);
  return user
    ? { dimension: "account", subject: user.id }
    : { dimension: "address", subject: subject.label.replace(/\/\d+$/, "") };
}
