"use client";

import { DataTable } from "@/components/data-table/data-table";
import type { ListPage } from "@/components/data-table/list-page";
import { rolesColumns } from "@/components/roles/roles-columns";
import { useScopePath } from "@/components/scope/scope-provider";
import type { Role } from "@/lib/roles/schemas";
import type { ActionProblem } from "@/lib/ui/action-result";
import type { ListDefinition } from "@/lib/ui/list-search-params";
import { messages } from "@/lib/ui/messages";

const text = messages.roles;

/** Properties of the list of roles. */
export type RolesTableProps = { list: ListDefinition; page: ListPage<Role> | null; problem: ActionProblem | null };

/** The roles of a scope, highest first. */
export function RolesTable({ list, page, problem }: RolesTableProps) {
  const pathOf = useScopePath();
  return (
    <DataTable
      list={list}
      noun={text.noun}
      columns={rolesColumns}
      page={page}
      problem={problem}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      rowHref={({ id }) => pathOf(`/roles/${id}`)}
      empty={{ title: text.emptyTitle, description: text.emptyHint }}
    />
  );
}
