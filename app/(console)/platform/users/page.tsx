import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";

import { NoAccess } from "@/components/auth/no-access";
import { PageHeader } from "@/components/layout/page-header";
import { CreateUserButton } from "@/components/users/create-user-button";
import { UsersTable } from "@/components/users/users-table";
import { pageViewer } from "@/lib/http/page-viewer";
import { messages } from "@/lib/ui/messages";
import { listUsers } from "@/lib/users/list-users";
import { loadList } from "../../load-list";
import { assignableRoles, roleChoices } from "../platform-roles";
import { createUserAction } from "./actions";
import { usersList } from "./search-params";
import { userActions } from "./user-actions";

const text = messages.users;

export const metadata: Metadata = { title: text.title };

/** Everybody with an account, for those who look after them. */
export default async function UsersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, result] = await Promise.all([pageViewer(), loadList(listUsers, { list: usersList, searchParams })]);
  if (!result.ok && result.problem.code === "FORBIDDEN") return <NoAccess viewer={viewer} />;
  return (
    <>
      <PageHeader
        title={text.title}
        description={text.description}
        action={
          <CreateUserButton
            roles={assignableRoles(viewer.roles)}
            perform={createUserAction}
            permitted={viewer.permissions.includes("users.create")}
          />
        }
      />
      <UsersTable
        list={usersList}
        page={result.ok ? result.data : null}
        problem={result.ok ? null : result.problem}
        roles={roleChoices}
        viewer={{ id: viewer.user.id, permissions: viewer.permissions }}
        actions={userActions}
      />
    </>
  );
}
