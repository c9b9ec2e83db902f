"use client";

import { DoorOpenIcon, LogOutIcon, MonitorSmartphoneIcon } from "lucide-react";
import Link from "next/link";
import { useState, useTransition } from "react";
import { toast } from "sonner";
import { UserAvatar } from "@/components/feedback/user-avatar";
import type { ConsoleViewer } from "@/components/layout/console-viewer";
import { usePreferences } from "@/components/layout/preferences-provider";
import { type LeaveTenant, LeaveTenantDialog } from "@/components/members/leave-tenant-dialog";
import { useScope } from "@/components/scope/scope-provider";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { messages } from "@/lib/ui/messages";

const text = messages.shell;

/** Properties of the menu. */
export type AccountMenuProps = {
  viewer: ConsoleViewer;
  onSignOut: () => Promise<void>;
  onLeaveTenant: LeaveTenant | null;
};

/** One's own account: who one is here, keyboard shortcuts on or off, and the ways out of the tenant and of Gatehouse. */
export function AccountMenu({ viewer, onSignOut, onLeaveTenant }: AccountMenuProps) {
  const { preferences, update } = usePreferences();
  const [leaving, startLeaving] = useTransition();
  const [leavingTenant, setLeavingTenant] = useState(false);
  const scope = useScope();
  const { user, roles } = viewer;
  const leave = () =>
    startLeaving(async () => {
      await onSignOut().catch(() => toast.error(text.signOutFailed, { description: text.signOutFailedHint }));
    });
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger
          aria-label={text.account}
          className="rounded-full outline-none focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-offset-2 focus-visible:ring-offset-background"
        >
          <UserAvatar user={user} />
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" className="w-60">
          <div className="flex flex-col gap-0.5 px-2 py-2">
            <bdi className="truncate font-medium text-[13px]">{user.name || user.email}</bdi>
            <span className="truncate text-muted-foreground text-xs">{user.email}</span>
            {roles.length > 0 ? (
              <span className="truncate text-muted-foreground text-xs">{roles.join(", ")}</span>
            ) : null}
          </div>
          <DropdownMenuSeparator />
          <DropdownMenuItem asChild>
            <Link href="/account/sessions" prefetch={false}>
              <MonitorSmartphoneIcon aria-hidden="true" />
              {messages.account.menu}
            </Link>
          </DropdownMenuItem>
          <DropdownMenuCheckboxItem
            checked={preferences.shortcuts}
            onCheckedChange={(shortcuts) => update((all) => ({ ...all, shortcuts }))}
            onSelect={(event) => event.preventDefault()}
          >
            {text.shortcuts}
          </DropdownMenuCheckboxItem>
          <DropdownMenuSeparator />
          {onLeaveTenant ? (
            <DropdownMenuItem onSelect={() => setLeavingTenant(true)}>
              <DoorOpenIcon aria-hidden="true" />
              {messages.members.leave.label}
            </DropdownMenuItem>
          ) : null}
          <DropdownMenuItem onSelect={leave} disabled={leaving}>
            <LogOutIcon aria-hidden="true" />
            {text.signOut}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {onLeaveTenant && scope.kind === "tenant" ? (
        <LeaveTenantDialog
          tenantName={scope.name}
          perform={onLeaveTenant}
          open={leavingTenant}
          onClose={() => setLeavingTenant(false)}
        />
      ) : null}
    </>
  );
}
