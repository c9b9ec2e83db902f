import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import { withScope } from "@/lib/db/scoped-transaction";
import type { Prisma } from "@/prisma/generated/client";

type PlatformRoleKey = "owner" | "admin" | "support" | "auditor";

type UserWishes = Partial<Prisma.UserUncheckedCreateInput> & { platformRole?: PlatformRoleKey; lastSeenAt?: Date };

/** A user of its own in the database; the runtime part `prisma` must be in place. */
export async function makeUser({ platformRole, lastSeenAt, ...wishes }: UserWishes = {}) {
  const id = wishes.id ?? newId();
  const user = { name: "Test Person", email: `${id}@example.com`, ...wishes, id };
  await withScope({ kind: "platform" }, async (tx) => {
    await tx.user.createMany({ data: [user] });
    if (lastSeenAt) await tx.userActivity.createMany({ data: [{ userId: id, lastSeenAt }] });
    if (!platformRole) return;
    await tx.platformRoleAssignment.createMany({
      data: [{ userId: id, roleId: builtInRoleId("platform", platformRole) }],
    });
  });
  return user;
}

/** A tenant of its own. */
export async function makeTenant(wishes: Partial<Prisma.TenantUncheckedCreateInput> = {}) {
  const id = wishes.id ?? newId();
  const tenant = { slug: `tenant-${id}`, name: "Test tenant", ...wishes, id };
  await withScope({ kind: "platform" }, (tx) => tx.tenant.createMany({ data: [tenant] }));
  return tenant;
}

type TenantRoleKey = "owner" | "admin" | "moderator" | "auditor" | "member" | "guest";

/** Makes a user a member of a tenant, with one built-in role there. */
export async function makeMembership(tenantId: string, userId: string, role: TenantRoleKey = "member") {
  const id = newId();
  await withScope({ kind: "platform" }, async (tx) => {
    await tx.membership.createMany({ data: [{ id, tenantId, userId }] });
    await tx.membershipRole.createMany({
      data: [{ tenantId, membershipId: id, roleId: builtInRoleId("tenant", role) }],
    });
  });
  return { id, tenantId, userId };
}

/** The audit events about a target, oldest first. */
export async function auditEventsAbout(targetId: string) {
  return withScope({ kind: "platform" }, (tx) =>
    tx.auditEvent.findMany({ where: { targetId }, orderBy: [{ at: "asc" }, { id: "asc" }], take: 100 }),
  );
}

/** The audit events of one request, oldest first. */
export async function auditEventsOf(requestId: string) {
  return withScope({ kind: "platform" }, (tx) =>
    tx.auditEvent.findMany({ where: { requestId }, orderBy: [{ at: "asc" }, { id: "asc" }], take: 100 }),
  );
}
