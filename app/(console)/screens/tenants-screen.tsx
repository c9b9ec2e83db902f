import { NoAccess } from "@/components/auth/no-access";
import { PageHeader } from "@/components/layout/page-header";
import { CreateTenantButton } from "@/components/tenants/create-tenant-button";
import { TenantsTable } from "@/components/tenants/tenants-table";
import { pageViewer } from "@/lib/http/page-viewer";
import { listTenants } from "@/lib/tenants/list-tenants";
import { messages } from "@/lib/ui/messages";
import { createTenantAction } from "../actions/tenant-actions";
import { tenantsList } from "../lists/tenants-list";
import { loadList } from "../load-list";
import type { ScreenProps } from "./screen-props";

const text = messages.tenants;

/** The tenants of the installation. */
export async function TenantsScreen({ params, searchParams }: ScreenProps) {
  const [viewer, result] = await Promise.all([
    pageViewer(),
    loadList(listTenants, { list: tenantsList, params, searchParams }),
  ]);
  if (!result.ok && result.problem.code === "FORBIDDEN") return <NoAccess viewer={viewer} />;
  return (
    <>
      <PageHeader
        title={text.title}
        description={text.description}
        action={
          <CreateTenantButton
            permitted={viewer.permissions.includes("tenants.create")}
            perform={createTenantAction.bind(null, null)}
          />
        }
      />
      <TenantsTable
        list={tenantsList}
        page={result.ok ? result.data : null}
        problem={result.ok ? null : result.problem}
      />
    </>
  );
}
