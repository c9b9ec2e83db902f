"use client";

import {
  LockIcon,
  LockOpenIcon,
  LogOutIcon,
  type LucideIcon,
  PencilIcon,
  Trash2Icon,
  VenetianMaskIcon,
} from "lucide-react";

import { DropdownMenuItem } from "@/components/ui/dropdown-menu";
import { refusalOf } from "@/components/users/refusal-of";
import type { UserAct, UsersViewer } from "@/components/users/user-actions";
import { messages } from "@/lib/ui/messages";
import type { User } from "@/lib/users/schemas";

const text = messages.users.act;

/** How each act on a user looks, wherever it is offered. */
export const userActLooks: Record<UserAct, { label: string; icon: LucideIcon; destructive: boolean }> = {
  "end-sessions": { label: text.endSessions, icon: LogOutIcon, destructive: true },
  lock: { label: text.lock, icon: LockIcon, destructive: true },
  unlock: { label: text.unlock, icon: LockOpenIcon, destructive: false },
  impersonate: { label: messages.impersonation.act, icon: VenetianMaskIcon, destructive: false },
  rename: { label: text.rename, icon: PencilIcon, destructive: false },
  remove: { label: text.remove, icon: Trash2Icon, destructive: true },
};

/** Properties of the acts in a menu. */
export type UserMenuItemsProps = {
  acts: readonly UserAct[];
  user: User;
  viewer: UsersViewer;
  onAsk: (act: UserAct) => void;
};

/** Acts on a user as menu items; those that the viewer may not use are off and say why. */
export function UserMenuItems({ acts, user, viewer, onAsk }: UserMenuItemsProps) {
  return acts.map((act) => {
    const { label, icon: Icon, destructive } = userActLooks[act];
    const refusal = refusalOf(act, viewer, user.id);
    return (
      <DropdownMenuItem
        key={act}
        variant={destructive ? "destructive" : "default"}
        disabled={refusal !== null}
        onSelect={() => onAsk(act)}
      >
        <Icon aria-hidden="true" />
        <span className="flex flex-col">
          {label}
          {refusal ? <span className="text-xs">{refusal}</span> : null}
        </span>
      </DropdownMenuItem>
    );
  });
}
