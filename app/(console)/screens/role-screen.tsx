import { ShieldIcon } from "lucide-react";

import { PageHeader } from "@/components/layout/page-header";
import { RoleLimitsCard } from "@/components/policies/role-limits-card";
import { DeleteRoleButton } from "@/components/roles/delete-role-button";
import { RoleEditor } from "@/components/roles/role-editor";
import { ScopeLink } from "@/components/scope/scope-link";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { buttonVariants } from "@/components/ui/button";
import type { Permission } from "@/lib/authorization/permissions";
import { pageQuery } from "@/lib/http/page-query";
import { type PageViewer, pageViewer } from "@/lib/http/page-viewer";
import { getPolicy } from "@/lib/policies/get-policy";
import { getRole } from "@/lib/roles/get-role";
import { listPermissions } from "@/lib/roles/list-permissions";
import { listRoles } from "@/lib/roles/list-roles";
import type { Role } from "@/lib/roles/schemas";
import { formatCount } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";
import { previewPolicyAction, updatePolicyAction } from "../actions/policy-actions";
import { createRoleAction, deleteRoleAction, updateRoleAction } from "../actions/role-actions";
import { roleRankMax } from "./role-rank-max";
import type { ScreenProps } from "./screen-props";

const text = messages.roles;
const ROLES_MAX = 100;

/** One role: what it allows, who holds it, and for those who may, the way to change it. */
export async function RoleScreen({ params }: ScreenProps<{ roleId: string }>) {
  const { tenantSlug = null } = await params;
  const scope = { params: Promise.resolve({ tenantSlug: tenantSlug ?? undefined }) };
  const [viewer, role, catalogue, others] = await Promise.all([
    pageViewer(tenantSlug ?? undefined),
    pageQuery(getRole, { params }),
    pageQuery(listPermissions, scope),
    pageQuery(listRoles, { ...scope, input: { limit: ROLES_MAX } }),
  ]);
  const refusal = refusalOf("roles.update", role, viewer);
  return (
    <>
      <PageHeader
        media={
          <span className="flex size-10 items-center justify-center rounded-lg border bg-muted/60 text-muted-foreground">
            <ShieldIcon className="size-5" aria-hidden="true" />
          </span>
        }
        title={role.name}
        marks={<Badge variant={role.builtIn ? "neutral" : "accent"}>{role.builtIn ? text.builtIn : text.custom}</Badge>}
        description={`${text.column.rank} ${role.rank} · ${text.permissionCount(role.permissions.length)}`}
        action={
          <>
            <HoldersLink role={role} />
            {role.builtIn ? null : (
              <DeleteRoleButton
                role={role}
                others={others.data.filter(({ id, assignable }) => assignable && id !== role.id)}
                refusal={refusalOf("roles.delete", role, viewer)}
                perform={deleteRoleAction.bind(null, tenantSlug)}
              />
            )}
          </>
        }
      />
      {refusal ? (
        <Alert className="mb-5">
          <ShieldIcon aria-hidden="true" />
          <AlertDescription>{refusal}</AlertDescription>
        </Alert>
      ) : null}
      <RoleEditor
        key={role.updatedAt}
        role={role}
        catalogue={catalogue.data}
        rankMax={roleRankMax(viewer, tenantSlug)}
        refusal={refusal}
        save={{ create: createRoleAction.bind(null, tenantSlug), update: updateRoleAction.bind(null, tenantSlug) }}
      />
      {viewer.permissions.includes("settings.read") ? (
        <SessionLimits role={role} tenantSlug={tenantSlug} locked={!viewer.permissions.includes("settings.update")} />
      ) : null}
    </>
  );
}

async function SessionLimits({ role, tenantSlug, locked }: { role: Role; tenantSlug: string | null; locked: boolean }) {
  const policy = await pageQuery(getPolicy, {
    params: Promise.resolve({ tenantSlug: tenantSlug ?? undefined }),
    input: { roleId: role.id },
  });
  const limit = policy.roleLimits.find((known) => known.role.id === role.id);
  if (!limit) return null;
  return (
    <div className="mt-6">
      <RoleLimitsCard
        key={JSON.stringify(limit)}
        limit={limit}
        bound={tenantSlug === null ? null : policy.platform}
        locked={locked}
        actions={{
          preview: previewPolicyAction.bind(null, tenantSlug),
          perform: updatePolicyAction.bind(null, tenantSlug),
        }}
      />
    </div>
  );
}

function HoldersLink({ role: { id, holders } }: { role: Role }) {
  return (
    <ScopeLink href={`/users?role=${id}`} prefetch={false} className={buttonVariants({ variant: "outline" })}>
      {text.act.holders} ({formatCount(holders.count, holders.capped)})
    </ScopeLink>
  );
}

function refusalOf(permission: Permission, role: Role, viewer: PageViewer): string | null {
  if (role.builtIn) return text.refusal.builtIn;
  if (!viewer.permissions.includes(permission)) return text.refusal.permission;
  return role.editable ? null : text.refusal.rank;
}
