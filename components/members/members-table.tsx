"use client";

import { ShieldIcon, UserRoundMinusIcon, UsersRoundIcon } from "lucide-react";
import { useMemo, useState } from "react";

import { DataTable } from "@/components/data-table/data-table";
import type { ListPage } from "@/components/data-table/list-page";
import { GuardedItem } from "@/components/detail/guarded-item";
import type { MemberActions } from "@/components/members/member-actions";
import { membersColumns } from "@/components/members/members-columns";
import { membersFilters } from "@/components/members/members-filters";
import { RemoveMemberDialog } from "@/components/members/remove-member-dialog";
import { ChangeRolesDialog } from "@/components/roles/change-roles-dialog";
import type { RoleOption } from "@/components/roles/role-option";
import { useScopePath } from "@/components/scope/scope-provider";
import type { UsersViewer } from "@/components/users/user-actions";
import type { Member } from "@/lib/members/schemas";
import type { ActionProblem } from "@/lib/ui/action-result";
import type { ListDefinition } from "@/lib/ui/list-search-params";
import { messages } from "@/lib/ui/messages";

const text = messages.members;

/** Properties of the list of members. */
export type MembersTableProps = {
  list: ListDefinition;
  page: ListPage<Member> | null;
  problem: ActionProblem | null;
  roles: readonly RoleOption[];
  viewer: UsersViewer;
  actions: MemberActions;
};

type Asked = { act: "roles" | "remove"; member: Member };

/** The members of a tenant, with what can be done about each in its menu. */
export function MembersTable({ list, page, problem, roles, viewer, actions }: MembersTableProps) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const pathOf = useScopePath();
  const filterFields = useMemo(() => membersFilters(roles), [roles]);
  return (
    <>
      <DataTable
        list={list}
        noun={text.noun}
        columns={membersColumns}
        page={page}
        problem={problem}
        rowId={({ id }) => id}
        rowName={nameOf}
        rowHref={({ id }) => pathOf(`/users/${id}`)}
        rowMenu={(member) => (
          <>
            <GuardedItem
              icon={ShieldIcon}
              label={text.act.changeRoles}
              refusal={refusalOf("roles.assign", viewer, member)}
              onSelect={() => setAsked({ act: "roles", member })}
            />
            <GuardedItem
              icon={UserRoundMinusIcon}
              label={text.act.remove}
              destructive
              refusal={refusalOf("members.remove", viewer, member)}
              onSelect={() => setAsked({ act: "remove", member })}
            />
          </>
        )}
        filterFields={filterFields}
        empty={{ icon: UsersRoundIcon, title: text.emptyTitle, description: text.emptyHint }}
      />
      {asked?.act === "roles" ? (
        <ChangeRolesDialog
          person={{ id: asked.member.id, name: nameOf(asked.member) }}
          held={asked.member.roles}
          options={roles}
          actions={actions}
          onClose={() => setAsked(null)}
        />
      ) : null}
      {asked?.act === "remove" ? (
        <RemoveMemberDialog member={asked.member} perform={actions.remove} onClose={() => setAsked(null)} />
      ) : null}
    </>
  );
}

const nameOf = ({ name, email }: Member): string => name || email;

function refusalOf(permission: string, viewer: UsersViewer, member: Member): string | null {
  if (!viewer.permissions.includes(permission)) return messages.users.act.notPermitted;
  return viewer.id === member.id && permission === "members.remove" ? messages.users.act.notYourself : null;
}
