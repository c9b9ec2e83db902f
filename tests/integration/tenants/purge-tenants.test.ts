import { afterAll, beforeAll, expect, test } from "vitest";
import { withScope } from "@/lib/db/scoped-transaction";
import { runOperation } from "@/lib/operations/run-operation";
import { updatePolicy } from "@/lib/policies/update-policy";
import { checkSession } from "@/lib/sessions/check-session";
import { deleteTenant } from "@/lib/tenants/delete-tenant";
import { getTenant } from "@/lib/tenants/get-tenant";
import { purgeTenants } from "@/lib/tenants/purge-tenants";
import { restoreTenant } from "@/lib/tenants/restore-tenant";
import { platformContext, tenantContext } from "@/tests/support/contexts";
import { auditEventsAbout, makeMembership, makeTenant, makeUser } from "@/tests/support/factories";
import { asOwner, historyOf, makeSession, openSessionBed } from "../sessions/session-bed";

let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  bed = await openSessionBed();
});
afterAll(() => bed.close());

const owner = () => platformContext("owner");

async function deletedTenant() {
  const tenant = await makeTenant();
  const [ownUser, guest] = [await makeUser({ homeTenantId: tenant.id }), await makeUser()];
  await makeMembership(tenant.id, ownUser.id, "owner");
  await makeMembership(tenant.id, guest.id, "guest");
  const inside = await makeSession(guest.id, { activeTenantId: tenant.id });
  await runOperation(updatePolicy, tenantContext("owner", { tenantId: tenant.id, tenantSlug: tenant.slug }), {
    passwordLengthMin: 14,
  });
  await runOperation(deleteTenant, owner(), { tenantSlug: tenant.slug, reason: "Contract ended." });
  return { tenant, ownUser, guest, inside };
}

const isDue = (tenantId: string) =>
  asOwner(bed, `update tenant set deletes_at = now() - interval '1 second' where id = '${tenantId}'`);

test("a tenant that is due goes with everything of it; its people stay, with the platform; the log stays", async () => {
  const { tenant, ownUser, guest, inside } = await deletedTenant();
  const signedInSince = await makeSession(ownUser.id);
  const elsewhere = await makeSession(guest.id);
  await isDue(tenant.id);
  expect(await purgeTenants()).toBe(1);

  await expect(runOperation(getTenant, owner(), { tenantSlug: tenant.slug })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  const left = await withScope({ kind: "platform" }, async (tx) => ({
    users: await tx.user.findMany({ where: { id: { in: [ownUser.id, guest.id] } }, select: { homeTenantId: true } }),
    memberships: await tx.membership.count({ where: { tenantId: tenant.id } }),
    policies: await tx.policy.count({ where: { tenantId: tenant.id } }),
  }));
  expect(left).toEqual({ users: [{ homeTenantId: null }, { homeTenantId: null }], memberships: 0, policies: 0 });
  for (const { tokenHash } of [signedInSince, elsewhere]) expect(await checkSession(tokenHash)).not.toBeNull();
  expect(await historyOf(inside.id)).toMatchObject({ endReason: "suspended", activeTenantId: tenant.id });
  const events = (await auditEventsAbout(tenant.id)).map(({ action, actorType, tenantId }) => [
    action,
    actorType,
    tenantId,
  ]);
  expect(events.at(-1)).toEqual(["tenant.purge", "job", tenant.id]);
  expect(events.filter(([action]) => action === "tenant.purge")).toHaveLength(1);
});

test("a tenant in its grace period is left alone, and nobody can take a step before it is due", async () => {
  const { tenant } = await deletedTenant();
  expect(await purgeTenants()).toBe(0);
  const early = withScope(
    { kind: "platform" },
    (tx) => tx.$queryRaw`select gatehouse.purge_tenant(${tenant.id}::uuid, 1)`,
  );
  await expect(early).rejects.toThrow(/not due/);
  expect(await runOperation(getTenant, owner(), { tenantSlug: tenant.slug })).toMatchObject({ members: { count: 2 } });
});

test("a tenant that is being removed cannot be restored", async () => {
  const { tenant } = await deletedTenant();
  await isDue(tenant.id);
  const restore = runOperation(restoreTenant, owner(), { tenantSlug: tenant.slug });
  await expect(restore).rejects.toMatchObject({ code: "CONFLICT" });
});
