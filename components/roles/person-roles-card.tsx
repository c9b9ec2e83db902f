"use client";

import { ShieldIcon } from "lucide-react";
import { useState } from "react";

import { GuardedButton } from "@/components/detail/guarded-button";
import { ChangeRolesDialog } from "@/components/roles/change-roles-dialog";
import type { AssignmentActions } from "@/components/roles/role-actions";
import type { RoleOption } from "@/components/roles/role-option";
import { ScopeLink } from "@/components/scope/scope-link";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { UsersViewer } from "@/components/users/user-actions";
import { messages } from "@/lib/ui/messages";

const text = messages.roles;

/** Properties of the card: whose roles, which they hold here, and which there are. */
export type PersonRolesCardProps = {
  user: { id: string; name: string };
  held: readonly { id: string; key: string; name: string }[];
  options: readonly RoleOption[];
  viewer: UsersViewer;
  actions: AssignmentActions;
};

/** The roles of a person in this scope, and the way to change them. */
export function PersonRolesCard({ user, held, options, viewer, actions }: PersonRolesCardProps) {
  const [open, setOpen] = useState(false);
  const refusal = viewer.permissions.includes("roles.assign") ? null : text.refusal.permission;
  return (
    <Card>
      <CardHeader className="flex-row items-center justify-between gap-3">
        <CardTitle>{text.access.roles}</CardTitle>
        <GuardedButton variant="outline" size="sm" refusal={refusal} onClick={() => setOpen(true)}>
          <ShieldIcon aria-hidden="true" />
          {text.change.act}
        </GuardedButton>
      </CardHeader>
      <CardContent className="pt-2">
        {held.length === 0 ? <p className="py-2 text-[13px] text-muted-foreground">{text.access.noRoles}</p> : null}
        <ul className="divide-y text-[13px]">
          {held.map((role) => (
            <li key={role.id} className="flex items-baseline justify-between gap-3 py-2">
              <ScopeLink
                href={`/roles/${role.id}`}
                prefetch={false}
                className="rounded-sm underline underline-offset-4 outline-none focus-visible:ring-2 focus-visible:ring-ring"
              >
                <bdi>{role.name}</bdi>
              </ScopeLink>
              <code className="font-mono text-[12px] text-muted-foreground">{role.key}</code>
            </li>
          ))}
        </ul>
      </CardContent>
      {open ? (
        <ChangeRolesDialog
          person={user}
          held={held}
          options={options}
          actions={actions}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </Card>
  );
}
