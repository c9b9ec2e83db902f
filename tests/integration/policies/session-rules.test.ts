import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prismaClient } from "@/lib/db/prisma-client";
import { raisedError } from "@/lib/db/raised-error";
import { withScope } from "@/lib/db/scoped-transaction";
import { runOperation } from "@/lib/operations/run-operation";
import { finishTightening } from "@/lib/policies/tighten-sessions";
import { updatePolicy } from "@/lib/policies/update-policy";
import { tenantContext } from "@/tests/support/contexts";
import { connectTo, insertSession } from "@/tests/support/database-fixtures";
import { makeMembership, makeTenant, makeUser } from "@/tests/support/factories";
import { until } from "@/tests/support/until";
import { asOwner, makeSession, makeSessions, openSessionBed } from "../sessions/session-bed";

let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  bed = await openSessionBed();
});
afterAll(() => bed.close());

const hour = 3_600;

async function memberOf(rules: object, { isAtHome = false } = {}) {
  const tenant = await makeTenant();
  const user = await makeUser({ homeTenantId: isAtHome ? tenant.id : null });
  await makeMembership(tenant.id, user.id);
  const ctx = tenantContext("owner", { tenantId: tenant.id, tenantSlug: tenant.slug });
  const set = (changes: object) => runOperation(updatePolicy, ctx, changes);
  if (Object.keys(rules).length > 0) await set(rules);
  return { tenant, user, set };
}

async function limitsOf(sessionId: string) {
  const row = await withScope({ kind: "platform" }, (tx) =>
    tx.session.findUniqueOrThrow({
      where: { id: sessionId },
      select: { createdAt: true, expiresAt: true, idleSeconds: true, activeTenantId: true },
    }),
  );
  const absoluteSeconds = Math.round((row.expiresAt.getTime() - row.createdAt.getTime()) / 1_000);
  return { idleSeconds: row.idleSeconds, absoluteSeconds, activeTenantId: row.activeTenantId };
}

const enter = (sessionId: string, tenantId: string) =>
  prismaClient.get().$executeRaw`update session set active_tenant_id = ${tenantId}::uuid where id = ${sessionId}::uuid`;

const refusalOf = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => raisedError(error)?.code);

const long = () => ({ idleSeconds: 24 * hour, expiresAt: new Date(Date.now() + 48 * hour * 1_000) });

describe("a session", () => {
  it("begins within the limits of its user's home, wherever else it goes", async () => {
    const { user } = await memberOf({ sessionIdleSeconds: hour, sessionAbsoluteSeconds: 2 * hour }, { isAtHome: true });
    const session = await makeSession(user.id, long());
    expect(await limitsOf(session.id)).toMatchObject({ idleSeconds: hour, absoluteSeconds: 2 * hour });
  });

  it("takes on the limits of a tenant that it enters, and never gets longer ones back", async () => {
    const { tenant, user } = await memberOf({ sessionIdleSeconds: hour, sessionAbsoluteSeconds: 2 * hour });
    const session = await makeSession(user.id, long());
    expect(await limitsOf(session.id)).toMatchObject({ idleSeconds: 24 * hour });
    expect(await enter(session.id, tenant.id)).toBe(1);
    const within = { idleSeconds: hour, absoluteSeconds: 2 * hour };
    expect(await limitsOf(session.id)).toEqual({ ...within, activeTenantId: tenant.id });
    const lax = await makeTenant();
    await makeMembership(lax.id, user.id);
    await enter(session.id, lax.id);
    expect(await limitsOf(session.id)).toEqual({ ...within, activeTenantId: lax.id });
  });

  it("that is older than a tenant accepts does not enter, and stays what it is", async () => {
    const { tenant, user } = await memberOf({ sessionAbsoluteSeconds: hour });
    const session = await makeSession(user.id, { ...long(), createdAt: new Date(Date.now() - 2 * hour * 1_000) });
    expect(await refusalOf(enter(session.id, tenant.id))).toBe("GH008");
    expect(await limitsOf(session.id)).toMatchObject({ idleSeconds: 24 * hour, activeTenantId: null });
  });

  it("enters from the tenant's own addresses alone", async () => {
    const { tenant, user } = await memberOf({ allowedAddresses: ["192.0.2.0/24"] });
    const inside = await makeSession(user.id, { ipAddress: "192.0.2.77" });
    const outside = await makeSession(user.id, { ipAddress: "203.0.113.5" });
    const unknown = await makeSession(user.id);
    expect(await enter(inside.id, tenant.id)).toBe(1);
    for (const { id } of [outside, unknown]) expect(await refusalOf(enter(id, tenant.id))).toBe("GH005");
  });

  it("does not enter without a second factor where one is required", async () => {
    const { tenant, user } = await memberOf({});
    const session = await makeSession(user.id);
    await asOwner(
      bed,
      `insert into policy (id, tenant_id, second_factor_required) values (gen_random_uuid(), '${tenant.id}', true)`,
    );
    expect(await refusalOf(enter(session.id, tenant.id))).toBe("GH006");
  });
});

describe("a rule that becomes stricter", () => {
  it("shortens the sessions in the tenant and those of people at home in it, and says how many", async () => {
    const { tenant, user, set } = await memberOf({});
    const native = await makeUser({ homeTenantId: tenant.id });
    const [active, atHome, elsewhere] = [
      await makeSession(user.id, { ...long(), activeTenantId: tenant.id }),
      await makeSession(native.id, long()),
      await makeSession(user.id, long()),
    ];
    const { sessionsTightened } = await set({ sessionIdleSeconds: hour });
    expect(sessionsTightened).toEqual({ count: 2, pending: false });
    for (const { id } of [active, atHome]) expect(await limitsOf(id)).toMatchObject({ idleSeconds: hour });
    expect(await limitsOf(elsewhere.id)).toMatchObject({ idleSeconds: 24 * hour });
    expect((await set({ sessionIdleSeconds: null })).sessionsTightened).toEqual({ count: 0, pending: false });
    expect(await limitsOf(active.id)).toMatchObject({ idleSeconds: hour });
  });

  it("leaves more than a thousand of them to a job", async () => {
    const { tenant, user, set } = await memberOf({});
    await makeSessions(user.id, 1_010, { ...long(), activeTenantId: tenant.id });
    expect((await set({ sessionIdleSeconds: hour })).sessionsTightened).toEqual({ count: 1_000, pending: true });
    expect(await finishTightening(tenant.id)).toBe(10);
    const longer = await withScope({ kind: "platform" }, (tx) =>
      tx.session.count({ where: { activeTenantId: tenant.id, idleSeconds: { gt: hour } } }),
    );
    expect(longer).toBe(0);
  });

  it("waits for a sign-in under way and shortens its session as well", async () => {
    const { user, set } = await memberOf({}, { isAtHome: true });
    const [app, watcher] = [await connectTo(bed.databaseUrl), await connectTo(bed.superuserUrl)];
    try {
      await app.query("begin");
      const { id } = await insertSession(app, { userId: user.id, idleSeconds: 24 * hour });
      const changed = set({ sessionIdleSeconds: hour });
      await until(async () => (await watcher.query(waiting)).rowCount === 1, 20_000);
      await app.query("commit");
      expect(await changed).toMatchObject({ sessionsTightened: { count: 1 } });
      expect(await limitsOf(id)).toMatchObject({ idleSeconds: hour });
    } finally {
      await Promise.all([app.end(), watcher.end()]);
    }
  });
});

const waiting = `select from pg_stat_activity
  where datname = current_database() and usename = 'gatehouse_app' and wait_event_type = 'Lock'`;
