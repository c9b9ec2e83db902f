import { NoAccess } from "@/components/auth/no-access";
import { InviteButton } from "@/components/invitations/invite-button";
import { PageHeader } from "@/components/layout/page-header";
import type { RoleOption } from "@/components/roles/role-option";
import { CreateUserButton } from "@/components/users/create-user-button";
import { UsersTable } from "@/components/users/users-table";
import { type PageViewer, pageViewer } from "@/lib/http/page-viewer";
import { messages } from "@/lib/ui/messages";
import { listUsers } from "@/lib/users/list-users";
import { createInvitationsAction } from "../actions/member-actions";
import { createUserAction } from "../actions/user-actions";
import { usersList } from "../lists/users-list";
import { loadList } from "../load-list";
import { bindUserActions } from "./bind-user-actions";
import { loadRoles } from "./load-roles";
import type { ScreenProps } from "./screen-props";

const text = messages.users;

/** Everybody with an account, for those who look after them. */
export async function UsersScreen({ params, searchParams }: ScreenProps) {
  const { tenantSlug = null } = await params;
  const viewer = await pageViewer(tenantSlug ?? undefined);
  const [result, roles] = await Promise.all([
    loadList(listUsers, { list: usersList, params, searchParams }),
    loadRoles(viewer, tenantSlug),
  ]);
  if (!result.ok && result.problem.code === "FORBIDDEN") return <NoAccess viewer={viewer} />;
  return (
    <>
      <PageHeader
        title={text.title}
        description={tenantSlug === null ? text.description : text.descriptionOfTenant}
        action={<AddPeople viewer={viewer} tenantSlug={tenantSlug} roles={roles} />}
      />
      <UsersTable
        list={usersList}
        page={result.ok ? result.data : null}
        problem={result.ok ? null : result.problem}
        roles={roles}
        viewer={{ id: viewer.user.id, permissions: viewer.permissions }}
        actions={bindUserActions(tenantSlug)}
      />
    </>
  );
}

type AddPeopleProps = { viewer: PageViewer; tenantSlug: string | null; roles: readonly RoleOption[] };

// A tenant's own people invite: whether an address has an account elsewhere is not theirs to learn.
function AddPeople({ viewer, tenantSlug, roles }: AddPeopleProps) {
  const { permissions } = viewer;
  if (tenantSlug !== null && !viewer.ofPlatform) {
    const permitted = permissions.includes("invitations.create");
    return (
      <InviteButton roles={roles} perform={createInvitationsAction.bind(null, tenantSlug)} permitted={permitted} />
    );
  }
  return (
    <CreateUserButton
      roles={roles.filter(({ assignable }) => assignable)}
      perform={createUserAction.bind(null, tenantSlug)}
      permitted={permissions.includes("users.create")}
    />
  );
}
