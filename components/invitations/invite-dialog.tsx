"use client";

import { useState } from "react";

import { FormDialog } from "@/components/detail/form-dialog";
import type { DestructiveReport } from "@/components/feedback/destructive-dialog";
import { useShowReport } from "@/components/feedback/use-show-report";
import type { InvitePeople } from "@/components/invitations/invitation-actions";
import { addressesMax, readAddresses } from "@/components/invitations/read-addresses";
import { RoleCheckboxes } from "@/components/roles/role-checkboxes";
import type { RoleOption } from "@/components/roles/role-option";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { CreatedInvitations } from "@/lib/invitations/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.members.invite;
const EXAMPLES_SHOWN = 3;

/** Properties of the dialog; `roles` are those of the tenant. */
export type InviteDialogProps = { roles: readonly RoleOption[]; perform: InvitePeople; onClose: () => void };

/** Invites one address or a pasted list, each as the same roles. */
export function InviteDialog({ roles, perform, onClose }: InviteDialogProps) {
  const showReport = useShowReport();
  const [pasted, setPasted] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { addresses } = readAddresses(pasted);
  return (
    <FormDialog
      title={text.title}
      description={text.description}
      submit={text.submit}
      busy={text.busy}
      check={() => ({ emails: problemOf(pasted) })}
      perform={() => perform({ emails: addresses, roles: [...chosen] })}
      onDone={(created) => showReport(toReport(created))}
      onClose={onClose}
    >
      {(problems) => (
        <>
          <Field label={text.emails} hint={text.emailsHint(addressesMax)} error={toEmailsProblem(problems)} required>
            {(control) => (
              <Textarea
                {...control}
                name="emails"
                rows={4}
                value={pasted}
                onChange={(event) => setPasted(event.target.value)}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                dir="ltr"
                className="max-h-60 font-mono text-[13px]"
              />
            )}
          </Field>
          <p role="status" className="text-muted-foreground text-xs empty:hidden">
            {addresses.length > 1 ? text.found(addresses.length) : ""}
          </p>
          <div className="flex flex-col gap-2">
            <p className="font-medium text-sm">{text.roles}</p>
            <RoleCheckboxes legend={text.roles} options={roles} chosen={chosen} onChange={setChosen} />
            <p className="text-muted-foreground text-xs">{text.rolesHint}</p>
          </div>
        </>
      )}
    </FormDialog>
  );
}

function problemOf(pasted: string): string | undefined {
  const { addresses, malformed } = readAddresses(pasted);
  if (malformed.length > 0) return text.emailsMalformed(malformed.slice(0, EXAMPLES_SHOWN).join(", "));
  if (addresses.length === 0) return text.emailsMissing;
  return addresses.length > addressesMax ? text.emailsTooMany(addresses.length, addressesMax) : undefined;
}

// The server names an address by its place: `emails.3`.
function toEmailsProblem(problems: Record<string, string | undefined>): string | undefined {
  const [, message] = Object.entries(problems).find(([path]) => path === "emails" || path.startsWith("emails.")) ?? [];
  return message;
}

function toReport({ data, alreadyMembers }: CreatedInvitations): DestructiveReport {
  const unsent = data.filter(({ sentAt }) => sentAt === null).length;
  const notes = [
    ...(unsent > 0 ? [text.unsent(unsent)] : []),
    ...(alreadyMembers.length > 0 ? [text.already(alreadyMembers.join(", "))] : []),
  ];
  return {
    title: data.length === 0 ? text.nobody : text.done(data.length),
    ...(notes.length > 0 ? { description: notes.join(" "), tone: "warning" } : {}),
    ...(data.length > 0 ? { link: { href: "/invitations", label: messages.members.invitations.title } } : {}),
  };
}
