import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { newId } from "@/lib/db/new-id";
import { prismaClient } from "@/lib/db/prisma-client";
import { withScope } from "@/lib/db/scoped-transaction";
import { runOperation } from "@/lib/operations/run-operation";
import { listSessions } from "@/lib/sessions/list-sessions";
import { platformContext, tenantContext } from "@/tests/support/contexts";
import { makeMembership, makeTenant, makeUser } from "@/tests/support/factories";
import { asOwner, makeSession, makeSessions, openSessionBed } from "./session-bed";

let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  bed = await openSessionBed();
});
afterAll(() => bed.close());

const owner = platformContext("owner");
const hour = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * hour);

async function idsOf(input: Record<string, unknown>, ctx = owner): Promise<string[]> {
  return (await runOperation(listSessions, ctx, input)).data.map(({ id }) => id);
}

async function refusalOf(input: Record<string, unknown>): Promise<unknown> {
  return runOperation(listSessions, owner, input).then(
    () => "accepted",
    (error) => [...new Set(error.errors?.map(({ path }: { path: string }) => path))],
  );
}

async function end(...sessionIds: string[]): Promise<void> {
  await withScope({ kind: "platform" }, async (tx) => {
    await tx.$queryRaw`select set_config('app.end_reason', 'revoked', true)`;
    await tx.session.deleteMany({ where: { id: { in: sessionIds } } });
  });
}

describe("one filter finds live and ended sessions alike", () => {
  const kinds: [string, Parameters<typeof makeSession>[1], Parameters<typeof makeSession>[1], object][] = [
    [
      "browser, whatever its version",
      { browser: "Firefox 140" },
      { browser: "Firefox Focus 9" },
      { browser: "Firefox" },
    ],
    ["system, whatever its version", { os: "Android 16" }, { os: "Android TV 16" }, { os: "Android" }],
    ["system that never had a version", { os: "Windows" }, { os: "Windows Phone 10" }, { os: "Windows" }],
    ["authentication level", { authenticationLevel: 2 }, { authenticationLevel: 1 }, { authenticationLevel: 2 }],
    ["country", { country: "SM" }, { country: "IT" }, { country: "sm" }],
    ["device", { device: "tv" }, { device: "mobile" }, { device: "tv" }],
    ["method", { method: "passkey" }, { method: "password" }, { method: "passkey" }],
    ["address range", { ipAddress: "10.9.8.7" }, { ipAddress: "10.9.9.7" }, { ip: "10.9.8.0/24" }],
    ["idle time", { createdAt: ago(9) }, { createdAt: ago(1) }, { idleSince: ago(5).toISOString() }],
  ];
  test.for(kinds)("by %s", async ([, wanted, other, filter]) => {
    const { id: userId } = await makeUser();
    const common = { idleSeconds: 86_400 };
    const [live] = await makeSessions(userId, 1, { ...common, ...wanted });
    const [past] = await makeSessions(userId, 1, { ...common, ...wanted });
    await makeSession(userId, { ...common, ...other });
    const [pastOther] = await makeSessions(userId, 1, { ...common, ...other });
    await end(past?.id ?? "", pastOther?.id ?? "");
    expect(await idsOf({ userId, ...filter })).toEqual([live?.id]);
    expect(await idsOf({ userId, status: "ended", ...filter })).toEqual([past?.id]);
    expect(new Set(await idsOf({ userId, status: "any", ...filter }))).toEqual(new Set([live?.id, past?.id]));
  });

  test("by whether an administrator acts in it", async () => {
    const [user, administrator] = [await makeUser(), await makeUser({ platformRole: "admin" })];
    const own = await makeSession(user.id);
    const behind = await makeSession(administrator.id);
    const acted = await makeSession(user.id, {
      impersonatedById: administrator.id,
      impersonatorSessionId: behind.id,
      method: "impersonation",
    });
    expect(await idsOf({ userId: user.id, impersonated: true })).toEqual([acted.id]);
    expect(await idsOf({ userId: user.id, impersonated: false })).toEqual([own.id]);
  });

  test("by idle time, counted from the last request and not from the sign-in", async () => {
    const { id: userId } = await makeUser();
    const wishes = { createdAt: ago(9), idleSeconds: 86_400 };
    const [used, unused] = await makeSessions(userId, 2, wishes);
    await asOwner(
      bed,
      `update session_activity set last_seen_at = now() - interval '1 hour' where session_id = '${used?.id}'`,
    );
    expect(await idsOf({ userId, idleSince: ago(5).toISOString() })).toEqual([unused?.id]);
    for (const sort of ["lastSeenAt", "-lastSeenAt", "expiresAt"]) {
      expect(await idsOf({ userId, idleSince: ago(5).toISOString(), sort })).toEqual([unused?.id]);
    }
  });

  test("by all at once, where each alone finds more", async () => {
    const { id: userId } = await makeUser();
    const exact = { country: "NL", browser: "Chrome 148", os: "Linux", device: "desktop", ipAddress: "192.0.2.9" };
    const wanted = await makeSession(userId, exact);
    for (const change of [
      { country: "DE" },
      { browser: "Edge 148" },
      { os: "macOS" },
      { device: "tablet" },
      { ipAddress: "192.0.3.9" },
    ]) {
      await makeSession(userId, { ...exact, ...change });
    }
    const filter = {
      country: "NL",
      browser: "Chrome",
      os: "Linux",
      device: "desktop",
      ip: "192.0.2.0/24",
      method: "password",
    };
    expect(await idsOf({ userId, ...filter, authenticationLevel: 1, impersonated: false })).toEqual([wanted.id]);
  });
});

describe("by the role of the user", () => {
  test("the platform names its own roles by key, and every role by id", async () => {
    const tenant = await makeTenant();
    const [support, member] = [await makeUser({ platformRole: "support" }), await makeUser()];
    await makeMembership(tenant.id, member.id, "moderator");
    const [ofSupport, ofMember] = [await makeSession(support.id), await makeSession(member.id)];
    expect(await idsOf({ role: "support" })).toEqual([ofSupport.id]);
    expect(await idsOf({ role: builtInRoleId("tenant", "moderator") })).toContain(ofMember.id);
    expect(await idsOf({ role: "moderator" })).toEqual([]);
    expect(await idsOf({ role: newId() })).toEqual([]);
  });

  test("a tenant finds who holds it there and nobody of another tenant's", async () => {
    const [tenant, other] = [await makeTenant(), await makeTenant()];
    const ctx = tenantContext("owner", { tenantId: tenant.id, tenantSlug: tenant.slug });
    const [ours, plain] = [await makeUser({ homeTenantId: tenant.id }), await makeUser({ homeTenantId: tenant.id })];
    await makeMembership(tenant.id, ours.id, "moderator");
    await makeMembership(tenant.id, plain.id);
    await makeMembership(other.id, plain.id, "moderator");
    const session = await makeSession(ours.id);
    await makeSession(plain.id);
    for (const role of ["moderator", builtInRoleId("tenant", "moderator")]) {
      expect(await idsOf({ role }, ctx)).toEqual([session.id]);
    }
  });
});

test("a tenant's filter by another tenant finds nothing, whatever is there", async () => {
  const [tenant, other] = [await makeTenant(), await makeTenant()];
  const ctx = tenantContext("owner", { tenantId: tenant.id, tenantSlug: tenant.slug });
  const ours = await makeUser({ homeTenantId: tenant.id });
  await makeMembership(tenant.id, ours.id);
  await makeMembership(other.id, ours.id);
  const [here, there] = [
    await makeSession(ours.id, { activeTenantId: tenant.id }),
    await makeSession(ours.id, { activeTenantId: other.id }),
  ];
  for (const sort of ["-createdAt", "lastSeenAt"]) {
    expect(await idsOf({ tenant: tenant.slug, sort }, ctx)).toEqual([here.id]);
    expect(await idsOf({ tenant: other.slug, sort }, ctx)).toEqual([]);
    expect(await idsOf({ tenant: other.id, sort }, owner)).toEqual([there.id]);
    expect(await idsOf({ tenant: "no-such-tenant", sort }, owner)).toEqual([]);
  }
});

test("contradictions and impossible values are refused, and the refusal names the field", async () => {
  const [earlier, later] = [ago(2).toISOString(), ago(1).toISOString()];
  expect(await refusalOf({ createdAfter: later, createdBefore: earlier })).toEqual(["createdBefore"]);
  expect(await refusalOf({ createdAfter: later, createdBefore: later })).toEqual(["createdBefore"]);
  expect(await refusalOf({ createdAfter: later, idleSince: earlier })).toEqual(["idleSince"]);
  for (const [field, value] of [
    ["ip", "10.0.0.0/33"],
    ["ip", "300.1.1.1"],
    ["ip", "2001:db8::/200"],
    ["country", "1A"],
    ["device", "toaster"],
    ["authenticationLevel", 4],
    ["browser", " "],
    ["idleSince", "yesterday"],
    ["impersonated", "perhaps"],
  ]) {
    expect(await refusalOf({ [`${field}`]: value })).toEqual([field]);
  }
});

test("a search that takes too long ends with advice to narrow it, and the connection serves the next one", async () => {
  const { id: userId } = await makeUser();
  await makeSession(userId);
  await asOwner(
    bed,
    `create function public.slow_country(text) returns boolean language sql volatile as 'select pg_sleep(20) is not null';
     create policy slow on session as restrictive for select to gatehouse_platform using (user_id <> '${userId}' or public.slow_country(country))`,
  );
  await expect(idsOf({ userId })).rejects.toMatchObject({ code: "INVALID_INPUT", message: /Narrow the filter/ });
  await asOwner(bed, "drop policy slow on session");
  expect(await idsOf({ userId })).toHaveLength(1);
  await expect(prismaClient.get().$queryRaw`select current_setting('statement_timeout') as value`).resolves.toEqual([
    { value: "10s" },
  ]);
});
