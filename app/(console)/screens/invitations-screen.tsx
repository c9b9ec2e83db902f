import { NoAccess } from "@/components/auth/no-access";
import { InvitationsTable } from "@/components/invitations/invitations-table";
import { InviteButton } from "@/components/invitations/invite-button";
import { PageHeader } from "@/components/layout/page-header";
import { pageViewer } from "@/lib/http/page-viewer";
import { listInvitations } from "@/lib/invitations/list-invitations";
import { messages } from "@/lib/ui/messages";
import { createInvitationsAction, resendInvitationAction, revokeInvitationAction } from "../actions/member-actions";
import { invitationsList } from "../lists/members-list";
import { loadList } from "../load-list";
import { loadRoles } from "./load-roles";
import type { ScreenProps } from "./screen-props";

const text = messages.members.invitations;

/** Who has been asked into a tenant, and how that stands. */
export async function InvitationsScreen({ params, searchParams }: ScreenProps) {
  const { tenantSlug = null } = await params;
  const viewer = await pageViewer(tenantSlug ?? undefined);
  const [result, roles] = await Promise.all([
    loadList(listInvitations, { list: invitationsList, params, searchParams }),
    loadRoles(viewer, tenantSlug),
  ]);
  if (!result.ok && result.problem.code === "FORBIDDEN") return <NoAccess viewer={viewer} />;
  return (
    <>
      <PageHeader
        title={text.title}
        description={text.description}
        action={
          <InviteButton
            roles={roles}
            perform={createInvitationsAction.bind(null, tenantSlug)}
            permitted={viewer.permissions.includes("invitations.create")}
          />
        }
      />
      <InvitationsTable
        list={invitationsList}
        page={result.ok ? result.data : null}
        problem={result.ok ? null : result.problem}
        permissions={viewer.permissions}
        actions={{
          resend: resendInvitationAction.bind(null, tenantSlug),
          revoke: revokeInvitationAction.bind(null, tenantSlug),
        }}
      />
    </>
  );
}
