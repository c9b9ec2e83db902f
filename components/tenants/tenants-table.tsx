"use client";

import { BuildingIcon, CircleDotIcon, ExternalLinkIcon } from "lucide-react";
import Link from "next/link";

import { DataTable } from "@/components/data-table/data-table";
import type { FilterField } from "@/components/data-table/filter-field";
import type { ListPage } from "@/components/data-table/list-page";
import { tenantsColumns } from "@/components/tenants/tenants-columns";
import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import { type Tenant, tenantStatuses } from "@/lib/tenants/schemas";
import type { ActionProblem } from "@/lib/ui/action-result";
import type { ListDefinition } from "@/lib/ui/list-search-params";
import { messages } from "@/lib/ui/messages";
import { scopePath } from "@/lib/ui/scope-path";

const text = messages.tenants;

const filterFields: readonly FilterField[] = [
  {
    id: "status",
    label: text.filter.status,
    icon: CircleDotIcon,
    operators: [{ parameter: "status", label: text.filter.is }],
    input: { kind: "choice", options: tenantStatuses.map((value) => ({ value, label: text.status[value] })) },
  },
];

/** Properties of the list of tenants. */
export type TenantsTableProps = { list: ListDefinition; page: ListPage<Tenant> | null; problem: ActionProblem | null };

/** The tenants of the installation; each row leads to its page, its menu into its console. */
export function TenantsTable({ list, page, problem }: TenantsTableProps) {
  return (
    <DataTable
      list={list}
      noun={text.noun}
      columns={tenantsColumns}
      page={page}
      problem={problem}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      rowHref={({ slug }) => scopePath(null, `/tenants/${slug}`)}
      rowMenu={({ slug }) => (
        <DropdownMenuItem asChild>
          <Link href={scopePath(slug)} prefetch={false}>
            <ExternalLinkIcon aria-hidden="true" />
            {text.act.open}
          </Link>
        </DropdownMenuItem>
      )}
      filterFields={filterFields}
      empty={{ icon: BuildingIcon, title: text.emptyTitle, description: text.emptyHint }}
    />
  );
}
