import { createLoader, parseAsString } from "nuqs/server";
import { NoAccess } from "@/components/auth/no-access";
import { AccessExplanationCard } from "@/components/roles/access-explanation-card";
import { PersonRolesCard } from "@/components/roles/person-roles-card";
import { pageQuery } from "@/lib/http/page-query";
import type { PageViewer } from "@/lib/http/page-viewer";
import { explainAccess } from "@/lib/roles/explain-access";
import { listPermissions } from "@/lib/roles/list-permissions";
import { scopePath } from "@/lib/ui/scope-path";
import type { UserDetail } from "@/lib/users/schemas";
import { assignRoleAction, unassignRoleAction } from "../actions/role-actions";
import { loadRoles } from "./load-roles";
import type { ScreenProps } from "./screen-props";

const load = createLoader({ permission: parseAsString });

type UserAccessProps = ScreenProps & { user: UserDetail; viewer: PageViewer };

/** What a user may do here, why or why not, and the way to change it. */
export async function UserAccess({ user, viewer, params, searchParams }: UserAccessProps) {
  if (!viewer.permissions.includes("roles.read")) return <NoAccess viewer={viewer} titleAs="p" />;
  const { tenantSlug = null } = await params;
  const scope = Promise.resolve({ tenantSlug: tenantSlug ?? undefined });
  const [catalogue, options, { permission }] = await Promise.all([
    pageQuery(listPermissions, { params: scope }),
    loadRoles(viewer, tenantSlug),
    load(searchParams),
  ]);
  const asked = catalogue.data.find(({ name }) => name === permission);
  const explanation = asked
    ? await pageQuery(explainAccess, { params: scope, input: { userId: user.id, permission: asked.name } })
    : null;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <PersonRolesCard
        user={{ id: user.id, name: user.name || user.email }}
        held={user.roles}
        options={options}
        viewer={{ id: viewer.user.id, permissions: viewer.permissions }}
        actions={{
          assign: assignRoleAction.bind(null, tenantSlug),
          unassign: unassignRoleAction.bind(null, tenantSlug),
        }}
      />
      <AccessExplanationCard
        catalogue={catalogue.data}
        asked={asked ?? null}
        explanation={explanation}
        path={scopePath(tenantSlug, `/users/${user.id}`)}
      />
    </div>
  );
}
