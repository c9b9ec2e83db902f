import type { PermissionEntry } from "@/lib/roles/schemas";
import { messages } from "@/lib/ui/messages";

/** Permissions that are about the same kind of thing. */
export type PermissionGroup = { id: string; label: string; permissions: readonly PermissionEntry[] };

/** The catalogue in its groups, in the order in which it stands. */
export function permissionGroups(catalogue: readonly PermissionEntry[]): readonly PermissionGroup[] {
  const groups = new Map<string, PermissionEntry[]>();
  for (const entry of catalogue) {
    const id = entry.name.slice(0, entry.name.lastIndexOf("."));
    groups.set(id, [...(groups.get(id) ?? []), entry]);
  }
  return [...groups].map(([id, permissions]) => ({ id, label: messages.roles.group[id] ?? id, permissions }));
}
