"use client";

import { EllipsisIcon } from "lucide-react";
import { useState } from "react";

import { GuardedButton } from "@/components/detail/guarded-button";
import { StatusBadge } from "@/components/feedback/status-badge";
import { UserAvatar } from "@/components/feedback/user-avatar";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from "@/components/ui/dropdown-menu";
import { refusalOf } from "@/components/users/refusal-of";
import type { UserAct, UserActions, UsersViewer } from "@/components/users/user-actions";
import { UserDialog } from "@/components/users/user-dialog";
import { UserMenuItems, userActLooks } from "@/components/users/user-menu-items";
import { messages } from "@/lib/ui/messages";
import type { UserDetail } from "@/lib/users/schemas";

const text = messages.users;

/** Properties of the head of a user's page. */
export type UserHeaderProps = { user: UserDetail; viewer: UsersViewer; actions: UserActions };

/** Who this is, whether they can sign in, and what an emergency asks for, one click away. */
export function UserHeader({ user, viewer, actions }: UserHeaderProps) {
  const [act, setAct] = useState<UserAct | null>(null);
  const lockAct: UserAct = user.status === "locked" ? "unlock" : "lock";
  return (
    <>
      <PageHeader
        media={<UserAvatar user={user} size="lg" />}
        title={user.name || user.email}
        marks={<StatusBadge status={user.status} />}
        description={<bdi className="[overflow-wrap:anywhere]">{user.email}</bdi>}
        action={
          <>
            <ActButton act={lockAct} variant="outline" {...{ user, viewer }} onAsk={setAct} />
            <ActButton act="end-sessions" variant="destructive" {...{ user, viewer }} onAsk={setAct} />
            <DropdownMenu>
              <DropdownMenuTrigger asChild>
                <Button variant="outline" size="icon" aria-label={text.act.more}>
                  <EllipsisIcon aria-hidden="true" />
                </Button>
              </DropdownMenuTrigger>
              <DropdownMenuContent align="end">
                <UserMenuItems acts={["rename", "impersonate", "remove"]} user={user} viewer={viewer} onAsk={setAct} />
              </DropdownMenuContent>
            </DropdownMenu>
          </>
        }
      />
      <UserDialog
        asked={act === null ? null : { act, user }}
        viewer={viewer}
        actions={actions}
        onClose={() => setAct(null)}
      />
    </>
  );
}

type ActButtonProps = {
  act: UserAct;
  variant: "outline" | "destructive";
  user: UserDetail;
  viewer: UsersViewer;
  onAsk: (act: UserAct) => void;
};

function ActButton({ act, variant, user, viewer, onAsk }: ActButtonProps) {
  const { label, icon: Icon } = userActLooks[act];
  return (
    <GuardedButton variant={variant} refusal={refusalOf(act, viewer, user.id)} onClick={() => onAsk(act)}>
      <Icon aria-hidden="true" />
      {label}
    </GuardedButton>
  );
}
