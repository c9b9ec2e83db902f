import type { RoleInput } from "@/components/roles/role-actions";
import type { Role } from "@/lib/roles/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.roles.editor;

/** A role while it is being edited; the rank is what stands in its field. */
export type RoleDraft = { name: string; key: string; rank: string; permissions: ReadonlySet<string> };

/** What the editor begins with. */
export function toDraft(role: Role | undefined, rankMax: number): RoleDraft {
  if (!role) return { name: "", key: "", rank: String(Math.min(rankMax, 10)), permissions: new Set() };
  return { name: role.name, key: role.key, rank: String(role.rank), permissions: new Set(role.permissions) };
}

/** The draft as the server takes it. */
export function toInput({ name, key, rank, permissions }: RoleDraft): RoleInput {
  return { name: name.trim(), key: key.trim(), rank: Number(rank), permissions: [...permissions] };
}

/** Only what differs from the role as it is. */
export function changesOf(role: Role, draft: RoleDraft): Partial<RoleInput> {
  const { name, key, rank, permissions } = toInput(draft);
  const samePermissions =
    permissions.length === role.permissions.length && role.permissions.every((held) => draft.permissions.has(held));
  return {
    ...(name === role.name ? {} : { name }),
    ...(key === role.key ? {} : { key }),
    ...(rank === role.rank ? {} : { rank }),
    ...(samePermissions ? {} : { permissions }),
  };
}

/** What is certainly wrong before the server is asked. */
export function findRoleProblems(draft: RoleDraft, rankMax: number): Record<string, string | undefined> {
  const { name, key, rank } = toInput(draft);
  return {
    name: name === "" ? text.nameMissing : undefined,
    key: key === "" ? text.keyMissing : undefined,
    rank: Number.isInteger(rank) && rank >= 1 && rank <= rankMax ? undefined : text.rankWrong(rankMax),
  };
}

/** A key that fits a name: "Sign-in desk" becomes "sign-in-desk". */
export const suggestKey = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
