import { NoAccess } from "@/components/auth/no-access";
import { PageHeader } from "@/components/layout/page-header";
import { RoleEditor } from "@/components/roles/role-editor";
import { pageQuery } from "@/lib/http/page-query";
import { pageViewer } from "@/lib/http/page-viewer";
import { listPermissions } from "@/lib/roles/list-permissions";
import { messages } from "@/lib/ui/messages";
import { createRoleAction, updateRoleAction } from "../actions/role-actions";
import { roleRankMax } from "./role-rank-max";
import type { ScreenProps } from "./screen-props";

const text = messages.roles.editor;

/** Makes a role from what its author holds. */
export async function NewRoleScreen({ params }: ScreenProps) {
  const { tenantSlug = null } = await params;
  const viewer = await pageViewer(tenantSlug ?? undefined);
  if (!viewer.permissions.includes("roles.create")) return <NoAccess viewer={viewer} />;
  const catalogue = await pageQuery(listPermissions, { params });
  return (
    <>
      <PageHeader title={text.newTitle} description={text.newDescription} />
      <RoleEditor
        catalogue={catalogue.data}
        rankMax={roleRankMax(viewer, tenantSlug)}
        refusal={null}
        save={{ create: createRoleAction.bind(null, tenantSlug), update: updateRoleAction.bind(null, tenantSlug) }}
      />
    </>
  );
}
