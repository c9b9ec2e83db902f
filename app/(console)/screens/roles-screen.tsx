import { PlusIcon } from "lucide-react";

import { NoAccess } from "@/components/auth/no-access";
import { GuardedButton } from "@/components/detail/guarded-button";
import { PageHeader } from "@/components/layout/page-header";
import { RolesTable } from "@/components/roles/roles-table";
import { ScopeLink } from "@/components/scope/scope-link";
import { buttonVariants } from "@/components/ui/button";
import { pageViewer } from "@/lib/http/page-viewer";
import { listRoles } from "@/lib/roles/list-roles";
import { messages } from "@/lib/ui/messages";
import { rolesList } from "../lists/roles-list";
import { loadList } from "../load-list";
import type { ScreenProps } from "./screen-props";

const text = messages.roles;

/** The roles that can be held in a scope. */
export async function RolesScreen({ params, searchParams }: ScreenProps) {
  const { tenantSlug } = await params;
  const [viewer, result] = await Promise.all([
    pageViewer(tenantSlug),
    loadList(listRoles, { list: rolesList, params, searchParams }),
  ]);
  if (!result.ok && result.problem.code === "FORBIDDEN") return <NoAccess viewer={viewer} />;
  return (
    <>
      <PageHeader
        title={text.title}
        description={text.description}
        action={viewer.permissions.includes("roles.create") ? <NewRoleLink /> : <NewRoleRefused />}
      />
      <RolesTable list={rolesList} page={result.ok ? result.data : null} problem={result.ok ? null : result.problem} />
    </>
  );
}

function NewRoleLink() {
  return (
    <ScopeLink href="/roles/new" className={buttonVariants()}>
      <PlusIcon aria-hidden="true" />
      {text.act.create}
    </ScopeLink>
  );
}

function NewRoleRefused() {
  return (
    <GuardedButton refusal={text.refusal.permission}>
      <PlusIcon aria-hidden="true" />
      {text.act.create}
    </GuardedButton>
  );
}
