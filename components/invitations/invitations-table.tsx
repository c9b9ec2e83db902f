"use client";

import { MailPlusIcon, MailXIcon, SendIcon } from "lucide-react";
import { useState } from "react";

import { DataTable } from "@/components/data-table/data-table";
import type { FilterField } from "@/components/data-table/filter-field";
import type { ListPage } from "@/components/data-table/list-page";
import { GuardedItem } from "@/components/detail/guarded-item";
import { DestructiveDialog } from "@/components/feedback/destructive-dialog";
import type { InvitationActions } from "@/components/invitations/invitation-actions";
import { invitationsColumns } from "@/components/invitations/invitations-columns";
import { useResend } from "@/components/invitations/use-resend";
import { type Invitation, invitationStatuses } from "@/lib/invitations/schemas";
import type { ActionProblem } from "@/lib/ui/action-result";
import type { ListDefinition } from "@/lib/ui/list-search-params";
import { messages } from "@/lib/ui/messages";

const text = messages.members.invitations;

const filterFields: readonly FilterField[] = [
  {
    id: "status",
    label: text.filter.status,
    operators: [{ parameter: "status", label: text.filter.is }],
    input: {
      kind: "choice",
      options: invitationStatuses.map((status) => ({ value: status, label: text.status[status] ?? status })),
    },
  },
];

/** Properties of the list of invitations. */
export type InvitationsTableProps = {
  list: ListDefinition;
  page: ListPage<Invitation> | null;
  problem: ActionProblem | null;
  permissions: readonly string[];
  actions: InvitationActions;
};

/** The invitations into a tenant, newest first, with sending again and withdrawing. */
export function InvitationsTable({ list, page, problem, permissions, actions }: InvitationsTableProps) {
  const [revoking, setRevoking] = useState<Invitation | null>(null);
  const resend = useResend(actions.resend);
  const refusalOf = (permission: string) => (permissions.includes(permission) ? null : messages.users.act.notPermitted);
  return (
    <>
      <DataTable
        list={list}
        noun={text.noun}
        columns={invitationsColumns}
        page={page}
        problem={problem}
        rowId={({ id }) => id}
        rowName={({ email }) => email}
        rowMenu={(invitation) =>
          invitation.status === "pending" || invitation.status === "expired" ? (
            <>
              <GuardedItem
                icon={SendIcon}
                label={text.resend}
                refusal={refusalOf("invitations.create")}
                onSelect={() => void resend(invitation)}
              />
              <GuardedItem
                icon={MailXIcon}
                label={text.revoke.label}
                destructive
                refusal={refusalOf("invitations.revoke")}
                onSelect={() => setRevoking(invitation)}
              />
            </>
          ) : null
        }
        filterFields={filterFields}
        empty={{ icon: MailPlusIcon, title: text.emptyTitle, description: text.emptyHint }}
      />
      {revoking ? (
        <DestructiveDialog
          open
          onOpenChange={(open) => (open ? undefined : setRevoking(null))}
          act={text.revoke.act}
          noun={text.noun}
          count={1}
          subject={text.revoke.subject(revoking.email)}
          consequence={text.revoke.consequence}
          reason="none"
          perform={() => actions.revoke({ invitationId: revoking.id })}
          toReport={() => ({ title: text.revoke.done(revoking.email) })}
        />
      ) : null}
    </>
  );
}
