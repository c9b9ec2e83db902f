import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withScope } from "@/lib/db/scoped-transaction";
import { runOperation } from "@/lib/operations/run-operation";
import { listSessions } from "@/lib/sessions/list-sessions";
import { type Session, sessionSorts, sessionStatuses } from "@/lib/sessions/schemas";
import { platformContext, tenantContext } from "@/tests/support/contexts";
import { makeMembership, makeTenant, makeUser } from "@/tests/support/factories";
import { asOwner, makeSessions, openSessionBed } from "./session-bed";

let bed: Awaited<ReturnType<typeof openSessionBed>>;
beforeAll(async () => {
  bed = await openSessionBed();
});
afterAll(() => bed.close());

type Context = Parameters<typeof runOperation>[1];
const owner = platformContext("owner");
const minute = 60_000;
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * minute);

async function readAll(ctx: Context, input: Record<string, unknown>): Promise<Session[]> {
  const seen: Session[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await runOperation(listSessions, ctx, { ...input, ...(cursor && { cursor }) });
    seen.push(...page.data);
    cursor = page.nextCursor;
  }
  return seen;
}

// Live and ended sessions, of the tenant's own people and of a guest, many with the same times.
async function furnish() {
  const tenant = await makeTenant();
  const [ours, guest] = [await makeUser({ homeTenantId: tenant.id }), await makeUser()];
  for (const { id } of [ours, guest]) await makeMembership(tenant.id, id);
  const at = (minutes: number) => ({ createdAt: minutesAgo(minutes), idleSeconds: 86_400 });
  const made = [
    ...(await makeSessions(ours.id, 3, { ...at(50), activeTenantId: tenant.id, expiresAt: minutesAgo(-70) })),
    ...(await makeSessions(ours.id, 3, { ...at(40), expiresAt: minutesAgo(-90) })),
    ...(await makeSessions(guest.id, 3, { ...at(30), activeTenantId: tenant.id, expiresAt: minutesAgo(-80) })),
    ...(await makeSessions(ours.id, 2, { ...at(45), expiresAt: minutesAgo(1) })),
  ].map(({ id }) => id);
  await makeSessions(guest.id, 2, at(20));
  await asOwner(
    bed,
    `update session_activity set last_seen_at = last_seen_at + interval '25 minutes' where session_id in ('${made[0]}', '${made[4]}')`,
  );
  const ended = [made[1], made[5], made[8]].map(String);
  await withScope({ kind: "platform" }, async (tx) => {
    await tx.$queryRaw`select set_config('app.end_reason', 'revoked', true)`;
    await tx.session.deleteMany({ where: { id: { in: ended } } });
  });
  const dead = [...ended, ...made.slice(9)];
  const expected = { any: made, ended: dead, active: made.filter((id) => !dead.includes(id)) };
  const ctx = tenantContext("owner", { tenantId: tenant.id, tenantSlug: tenant.slug });
  return { ctx, userId: ours.id, expected };
}

const kinds = sessionSorts.flatMap((sort) => sessionStatuses.map((status) => ({ sort, status })));

test.for(kinds)("a tenant's $status sessions by $sort come each once and in order", async ({ sort, status }) => {
  const { ctx, expected } = await furnish();
  const seen = await readAll(ctx, { sort, status, limit: 2 });
  expect(seen.map(({ id }) => id).sort()).toEqual([...expected[status]].sort());
  expectOrder(seen, sort);
});

test.for(kinds)("the platform's $status sessions of a user by $sort come each once and in order", async (kind) => {
  const { userId, expected } = await furnish();
  const seen = await readAll(owner, { ...kind, userId, limit: 2 });
  expect(seen.every(({ id }) => expected[kind.status].includes(id))).toBe(true);
  expect(new Set(seen.map(({ id }) => id)).size).toBe({ active: 4, ended: 4, any: 8 }[kind.status]);
  expectOrder(seen, kind.sort);
});

function expectOrder(seen: Session[], sort: (typeof sessionSorts)[number]): void {
  const field = sort.replace("-", "") as "createdAt" | "lastSeenAt" | "expiresAt";
  const keys = seen.map((session) => `${session[field]} ${session.id}`);
  const sorted = [...keys].sort();
  expect(keys).toEqual(sort.startsWith("-") ? sorted.reverse() : sorted);
}

describe("by last seen", () => {
  test("whoever comes back between two pages is not shown again, and the answer says as of when it holds", async () => {
    const { id: userId } = await makeUser();
    const made = await makeSessions(userId, 4, { createdAt: minutesAgo(20) });
    const input = { userId, sort: "lastSeenAt", limit: 2 };
    const first = await runOperation(listSessions, owner, input);
    const shown = first.data.map(({ id }) => id);
    await asOwner(
      bed,
      `update session_activity set last_seen_at = now() + interval '1 second' where session_id = '${shown[0]}'`,
    );
    const second = await runOperation(listSessions, owner, { ...input, cursor: first.nextCursor });
    expect([...shown, ...second.data.map(({ id }) => id)].sort()).toEqual(made.map(({ id }) => id).sort());
    expect(second).toMatchObject({ asOf: first.asOf, nextCursor: null });
    expect(Date.parse(first.asOf ?? "")).toBeGreaterThanOrEqual(Date.parse(first.data[1]?.lastSeenAt ?? ""));
  });

  test("other orders need no such moment", async () => {
    const { id: userId } = await makeUser();
    await makeSessions(userId, 1);
    expect(await runOperation(listSessions, owner, { userId, sort: "-expiresAt" })).toMatchObject({ asOf: null });
  });

  test("a session follows when it enters another tenant, and a person who moves home takes theirs along", async () => {
    const [tenant, other] = [await makeTenant(), await makeTenant()];
    const user = await makeUser({ homeTenantId: tenant.id });
    for (const { id } of [tenant, other]) await makeMembership(id, user.id);
    const [session] = await makeSessions(user.id, 1, { activeTenantId: tenant.id });
    const listed = async ({ id, slug }: { id: string; slug: string }) => {
      const ctx = tenantContext("owner", { tenantId: id, tenantSlug: slug });
      const { data } = await runOperation(listSessions, ctx, { sort: "-lastSeenAt" });
      return data.map((row) => row.id);
    };
    expect(await listed(other)).toEqual([]);
    await asOwner(bed, `update session set active_tenant_id = '${other.id}' where id = '${session?.id}'`);
    expect(await listed(other)).toEqual([session?.id]);
    expect(await listed(tenant)).toEqual([session?.id]);
    await asOwner(bed, `update "user" set home_tenant_id = '${other.id}' where id = '${user.id}'`);
    expect(await listed(other)).toEqual([session?.id]);
    expect(await listed(tenant)).toEqual([]);
  });
});
