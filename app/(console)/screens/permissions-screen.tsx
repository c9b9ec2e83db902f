import { createLoader, parseAsString } from "nuqs/server";

import { NoAccess } from "@/components/auth/no-access";
import { PageHeader } from "@/components/layout/page-header";
import { HoldersSheet } from "@/components/roles/holders-sheet";
import { PermissionMatrix } from "@/components/roles/permission-matrix";
import { pageQuery } from "@/lib/http/page-query";
import { pageViewer } from "@/lib/http/page-viewer";
import { listHolders } from "@/lib/roles/list-holders";
import { listPermissions } from "@/lib/roles/list-permissions";
import { listRoles } from "@/lib/roles/list-roles";
import { messages } from "@/lib/ui/messages";
import type { ScreenProps } from "./screen-props";

const text = messages.roles.matrix;
const ROLES_MAX = 100;
const HOLDERS_MAX = 50;
const load = createLoader({ permission: parseAsString });

/** What each role allows, and beside it who can do one thing. */
export async function PermissionsScreen({ params, searchParams }: ScreenProps) {
  const { tenantSlug } = await params;
  const viewer = await pageViewer(tenantSlug);
  if (!viewer.permissions.includes("roles.read")) return <NoAccess viewer={viewer} />;
  const [catalogue, roles, { permission }] = await Promise.all([
    pageQuery(listPermissions, { params }),
    pageQuery(listRoles, { params, input: { limit: ROLES_MAX } }),
    load(searchParams),
  ]);
  const asked = catalogue.data.find(({ name }) => name === permission);
  const holders = asked
    ? await pageQuery(listHolders, { params, input: { permission: asked.name, limit: HOLDERS_MAX } })
    : null;
  return (
    <>
      <PageHeader title={text.title} description={text.description} />
      <PermissionMatrix catalogue={catalogue.data} roles={roles.data} />
      {asked && holders ? (
        <HoldersSheet permission={asked} holders={holders.data} more={holders.nextCursor !== null} />
      ) : null}
    </>
  );
}
