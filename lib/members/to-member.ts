import { isLocked } from "@/lib/users/to-user";
import type { MemberRow } from "./repository";
import type { Member } from "./schemas";

/** A member as callers see one. */
export function toMember({ user, roles, createdAt }: MemberRow, tenantId: string): Member {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    status: isLocked(user) ? "locked" : user.invitedAt === null ? "active" : "invited",
    guest: user.homeTenantId !== tenantId,
    roles: roles.map(({ role }) => role),
    joinedAt: createdAt.toISOString(),
    lastSeenAt: user.activity?.lastSeenAt.toISOString() ?? null,
  };
}
