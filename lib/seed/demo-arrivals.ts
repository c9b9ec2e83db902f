import { recordEvent, userTarget } from "./demo-events";
import type { DemoUser } from "./demo-people";
import type { DemoData, DemoWorld } from "./demo-world";
import { seedId } from "./seed-id";

/** Records how everybody came to be there: the first owner by the set-up link, the rest created by somebody above them. */
export function recordArrivals(world: DemoWorld, data: DemoData): void {
  for (const user of data.users) {
    const creator = creatorOf(data, user);
    const details = { email: user.email };
    const target = userTarget(user);
    if (!creator) {
      recordEvent(world, data, {
        at: user.createdAt,
        action: "platform.set-up",
        actor: "set-up",
        target,
        details,
        from: { ipAddress: null, userAgent: null },
      });
      continue;
    }
    const tenantId = user.home?.id ?? null;
    recordEvent(world, data, { at: user.createdAt, action: "user.create", actor: creator, tenantId, target, details });
    if (user.state === "invited") data.mails.push(inviteMail(world, user));
  }
}

/** The account with this role whose password the demo prints. */
export function accountWithRole(data: DemoData, role: string, tenantSlug: string | null): DemoUser {
  const found = data.users.find(
    (user) =>
      user.password !== null &&
      (tenantSlug === null
        ? user.platformRole === role
        : user.memberships.some((membership) => membership.role === role && membership.tenant.slug === tenantSlug)),
  );
  if (!found) throw new Error(`The demo has no ${role} of ${tenantSlug ?? "the platform"}.`);
  return found;
}

function creatorOf(data: DemoData, user: DemoUser): DemoUser | null {
  const platformOwner = accountWithRole(data, "owner", null);
  if (user === platformOwner) return null;
  if (!user.home) return platformOwner;
  const tenantOwner = accountWithRole(data, "owner", user.home.slug);
  if (user === tenantOwner) return platformOwner;
  const tenantAdmin = accountWithRole(data, "admin", user.home.slug);
  return user.createdAt > tenantAdmin.createdAt ? tenantAdmin : tenantOwner;
}

function inviteMail({ random }: DemoWorld, user: DemoUser): DemoData["mails"][number] {
  const place = user.home?.name ?? "Gatehouse";
  return {
    id: seedId(random, user.createdAt),
    to: user.email,
    subject: `Set up your ${place} account`,
    text: `Hello ${user.name},\n\nan account has been created for you at ${place}. Ask your administrator for a new link if you have not set a password yet: the one that stood here has run out.\n`,
    createdAt: new Date(user.createdAt + 1000),
  };
}
