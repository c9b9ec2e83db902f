"use client";

import { UserRoundPlusIcon } from "lucide-react";
import { useMemo, useState } from "react";

import { DataTable } from "@/components/data-table/data-table";
import type { ListPage } from "@/components/data-table/list-page";
import { useScope, useScopePath } from "@/components/scope/scope-provider";
import type { RoleChoice, UserAct, UserActions, UsersViewer } from "@/components/users/user-actions";
import { UserDialog } from "@/components/users/user-dialog";
import { UserMenuItems } from "@/components/users/user-menu-items";
import { usersColumns, usersOfTenantColumns } from "@/components/users/users-columns";
import { usersFilters } from "@/components/users/users-filters";
import type { ActionProblem } from "@/lib/ui/action-result";
import type { ListDefinition } from "@/lib/ui/list-search-params";
import { messages } from "@/lib/ui/messages";
import type { User } from "@/lib/users/schemas";

const text = messages.users;

/** Properties of the users list. */
export type UsersTableProps = {
  list: ListDefinition;
  page: ListPage<User> | null;
  problem: ActionProblem | null;
  roles: readonly RoleChoice[];
  viewer: UsersViewer;
  actions: UserActions;
};

/** The users list: search, filters, sort, pages, and the acts that an emergency asks for in each row's menu. */
export function UsersTable({ list, page, problem, roles, viewer, actions }: UsersTableProps) {
  const inTenant = useScope().kind === "tenant";
  const pathOf = useScopePath();
  const [asked, setAsked] = useState<{ act: UserAct; user: User } | null>(null);
  const filterFields = useMemo(() => usersFilters(roles, inTenant), [roles, inTenant]);
  return (
    <>
      <DataTable
        list={list}
        noun={text.noun}
        columns={inTenant ? usersOfTenantColumns : usersColumns}
        page={page}
        problem={problem}
        rowId={(user) => user.id}
        rowName={(user) => user.name || user.email}
        rowHref={(user) => pathOf(`/users/${user.id}`)}
        rowMenu={(user) => (
          <UserMenuItems
            acts={["end-sessions", user.status === "locked" ? "unlock" : "lock"]}
            user={user}
            viewer={viewer}
            onAsk={(act) => setAsked({ act, user })}
          />
        )}
        filterFields={filterFields}
        empty={{ title: text.emptyTitle, description: text.emptyHint, icon: UserRoundPlusIcon }}
      />
      <UserDialog asked={asked} viewer={viewer} actions={actions} onClose={() => setAsked(null)} />
    </>
  );
}
