import { PageName } from "@/components/layout/page-name";
import { TenantHeader } from "@/components/tenants/tenant-header";
import { TenantOverview } from "@/components/tenants/tenant-overview";
import { pageQuery } from "@/lib/http/page-query";
import { pageViewer } from "@/lib/http/page-viewer";
import { getTenant } from "@/lib/tenants/get-tenant";
import {
  createTenantAction,
  deleteTenantAction,
  restoreTenantAction,
  resumeTenantAction,
  suspendTenantAction,
  updateTenantAction,
} from "../actions/tenant-actions";
import type { ScreenProps } from "./screen-props";

// A page of the platform about one tenant: what its address names is no scope.
const actions = {
  create: createTenantAction.bind(null, null),
  update: updateTenantAction.bind(null, null),
  suspend: suspendTenantAction.bind(null, null),
  resume: resumeTenantAction.bind(null, null),
  remove: deleteTenantAction.bind(null, null),
  restore: restoreTenantAction.bind(null, null),
};

/** One tenant as the platform sees it: how it stands, what a suspension would hit, and the way into its console. */
export async function TenantScreen({ params }: ScreenProps<{ slug: string }>) {
  const { slug } = await params;
  const [viewer, tenant] = await Promise.all([pageViewer(), pageQuery(getTenant, { input: { tenantSlug: slug } })]);
  return (
    <>
      <PageName name={tenant.name} />
      <TenantHeader tenant={tenant} permissions={viewer.permissions} actions={actions} />
      <TenantOverview tenant={tenant} />
    </>
  );
}
