"use client";

import { RowSheet, useRowSheet } from "@/components/detail/row-sheet";
import { StatusBadge } from "@/components/feedback/status-badge";
import { UserAvatar } from "@/components/feedback/user-avatar";
import { ScopeLink } from "@/components/scope/scope-link";
import type { PermissionEntry, PermissionHolder } from "@/lib/roles/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.roles;

/** Properties of the panel; `holders` are those of the permission that the URL names. */
export type HoldersSheetProps = { permission: PermissionEntry; holders: readonly PermissionHolder[]; more: boolean };

/** Who can do something, and through which of their roles. */
export function HoldersSheet({ permission, holders, more }: HoldersSheetProps) {
  const sheet = useRowSheet("permission");
  return (
    <RowSheet
      open={sheet.openId === permission.name}
      onClose={sheet.close}
      title={text.matrix.who(permission.summary)}
      description={text.holders.description}
    >
      {holders.length === 0 ? <p className="text-muted-foreground text-sm">{text.holders.nobody}</p> : null}
      <ul className="flex flex-col gap-1">
        {holders.map((holder) => (
          <li key={holder.user.id}>
            <Holder holder={holder} />
          </li>
        ))}
      </ul>
      {more ? <p className="text-muted-foreground text-xs">{text.holders.more}</p> : null}
    </RowSheet>
  );
}

function Holder({ holder: { user, locked, roles } }: { holder: PermissionHolder }) {
  return (
    <ScopeLink
      href={`/users/${user.id}`}
      prefetch={false}
      className="flex items-center gap-3 rounded-lg px-2 py-2 outline-none transition-colors duration-150 hover:bg-muted/60 focus-visible:ring-2 focus-visible:ring-ring"
    >
      <UserAvatar user={user} />
      <span className="flex min-w-0 flex-1 flex-col">
        <bdi className="truncate font-medium text-[13px]">{user.name || user.email}</bdi>
        <span className="truncate text-muted-foreground text-xs">
          {text.holders.through(roles.map(({ name }) => name).join(", "))}
        </span>
      </span>
      {locked ? <StatusBadge status="locked" /> : null}
    </ScopeLink>
  );
}
