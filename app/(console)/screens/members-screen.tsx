import { NoAccess } from "@/components/auth/no-access";
import { InviteButton } from "@/components/invitations/invite-button";
import { PageHeader } from "@/components/layout/page-header";
import { MembersTable } from "@/components/members/members-table";
import { pageViewer } from "@/lib/http/page-viewer";
import { listMembers } from "@/lib/members/list-members";
import { messages } from "@/lib/ui/messages";
import { createInvitationsAction, removeMemberAction } from "../actions/member-actions";
import { assignRoleAction, unassignRoleAction } from "../actions/role-actions";
import { membersList } from "../lists/members-list";
import { loadList } from "../load-list";
import { loadRoles } from "./load-roles";
import type { ScreenProps } from "./screen-props";

const text = messages.members;

/** Everybody who belongs to a tenant. */
export async function MembersScreen({ params, searchParams }: ScreenProps) {
  const { tenantSlug = null } = await params;
  const viewer = await pageViewer(tenantSlug ?? undefined);
  const [result, roles] = await Promise.all([
    loadList(listMembers, { list: membersList, params, searchParams }),
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
      <MembersTable
        list={membersList}
        page={result.ok ? result.data : null}
        problem={result.ok ? null : result.problem}
        roles={roles}
        viewer={{ id: viewer.user.id, permissions: viewer.permissions }}
        actions={{
          assign: assignRoleAction.bind(null, tenantSlug),
          unassign: unassignRoleAction.bind(null, tenantSlug),
          remove: removeMemberAction.bind(null, tenantSlug),
        }}
      />
    </>
  );
}
