import { afterAll, beforeAll, expect, test } from "vitest";
import { prismaClient } from "@/lib/db/prisma-client";
import { runOperation } from "@/lib/operations/run-operation";
import { listSessions } from "@/lib/sessions/list-sessions";
import { revokeSession } from "@/lib/sessions/revoke-session";
import { platformContext, tenantContext } from "@/tests/support/contexts";
import { makeMembership, makeTenant, makeUser } from "@/tests/support/factories";
import { makeSession, makeSessions, openSessionBed } from "./session-bed";

let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  bed = await openSessionBed();
});
afterAll(() => bed.close());

async function furnish() {
  const [here, there] = [await makeTenant(), await makeTenant()];
  const [own, guest] = [await makeUser({ homeTenantId: here.id }), await makeUser({ homeTenantId: there.id })];
  for (const tenant of [here, there]) for (const user of [own, guest]) await makeMembership(tenant.id, user.id);
  const sameTime = { createdAt: new Date(Date.now() - 60_000) };
  const visible = [
    ...(await makeSessions(own.id, 5, { ...sameTime, activeTenantId: here.id })),
    ...(await makeSessions(own.id, 4, { ...sameTime, activeTenantId: there.id })),
    ...(await makeSessions(own.id, 2)),
    ...(await makeSessions(guest.id, 3, { ...sameTime, activeTenantId: here.id })),
  ].map(({ id }) => id);
  await makeSessions(guest.id, 3, { ...sameTime, activeTenantId: there.id });
  const ctx = tenantContext("admin", { tenantId: here.id, tenantSlug: here.slug });
  return { ctx, own, guest, visible };
}

type Place = Awaited<ReturnType<typeof furnish>>;

async function readAll({ ctx }: Place, input: Record<string, unknown>) {
  const first = await runOperation(listSessions, ctx, input);
  const seen = [...first.data];
  for (let cursor = first.nextCursor; cursor !== null; ) {
    const page = await runOperation(listSessions, ctx, { ...input, cursor });
    seen.push(...page.data);
    cursor = page.nextCursor;
  }
  return seen;
}

test.for(["-createdAt", "createdAt"])(
  "a tenant's list by %s shows each session once that is active in it or of its own users, in order",
  async (sort) => {
    const place = await furnish();
    for (const status of ["active", "any"]) {
      const seen = await readAll(place, { sort, status, limit: 4 });
      expect(seen).toHaveLength(place.visible.length);
      expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(place.visible));
      const keys = seen.map(({ id, createdAt }) => `${createdAt} ${id}`);
      expect(keys).toEqual(sort === "createdAt" ? [...keys].sort() : [...keys].sort().reverse());
    }
  },
);

test("a tenant's list shows what has ended, once, and narrows by user", async () => {
  const place = await furnish();
  const ended = [place.visible[0], place.visible[5], place.visible[12]];
  for (const sessionId of ended) await runOperation(revokeSession, platformContext("owner"), { sessionId });
  const idsOf = async (input: object) => (await readAll(place, { limit: 2, ...input })).map(({ id }) => id);
  expect((await idsOf({ status: "ended" })).sort()).toEqual([...ended].sort());
  expect((await idsOf({ status: "any" })).sort()).toEqual([...place.visible].sort());
  expect((await idsOf({ userId: place.guest.id })).sort()).toEqual(
    place.visible
      .slice(11)
      .filter((id) => !ended.includes(id))
      .sort(),
  );
});

test("a tenant's list of live sessions leaves out those that only an epoch has ended", async () => {
  const place = await furnish();
  const user = await makeUser();
  await makeMembership(place.ctx.scope.kind === "tenant" ? place.ctx.scope.tenantId : "", user.id);
  await makeSession(user.id);
  await prismaClient.get().user.updateMany({ where: { id: place.own.id }, data: { sessionEpoch: { increment: 1 } } });
  expect((await readAll(place, {})).map(({ user: { id } }) => id)).toEqual([
    place.guest.id,
    place.guest.id,
    place.guest.id,
  ]);
  const ended = await readAll(place, { status: "ended", userId: place.own.id });
  expect(ended.every(({ status }) => status === "ended")).toBe(true);
  expect(ended).toHaveLength(11);
});
