import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { runOperation } from "@/lib/operations/run-operation";
import { listUsers } from "@/lib/users/list-users";
import type { User } from "@/lib/users/schemas";
import { platformContext, tenantContext } from "../../support/contexts";
import { makeMembership, makeTenant, makeUser } from "../../support/factories";
import { startTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
const ctx = platformContext("auditor");
const list = (input: Record<string, unknown>) => runOperation(listUsers, ctx, input);

beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

/** Every page of a list, one after the other. */
async function readAll(input: Record<string, unknown>): Promise<User[]> {
  const all: User[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof list>> = await list({ ...input, ...(cursor === null ? {} : { cursor }) });
    all.push(...page.data);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return all;
}

describe("the pages of the users list", () => {
  const mark = "paging";
  const sorts = ["createdAt", "-createdAt", "email", "-email", "name", "-name"] as const;

  beforeAll(async () => {
    // Many share a moment and a name: only the id tells them apart.
    const moments = ["2026-01-01T00:00:00.001Z", "2026-01-01T00:00:00.002Z", "2026-01-02T00:00:00.000Z"];
    for (let index = 0; index < 23; index += 1) {
      await makeUser({
        email: `${mark}-${String(index * 7).padStart(3, "0")}@example.com`,
        name: `${mark} ${"abc"[index % 3]}`,
        createdAt: new Date(moments[index % 3] ?? ""),
      });
    }
  });

  it.each(sorts)("hold every user exactly once, in order, by %s", async (sort) => {
    for (const search of ["", mark]) {
      const users = (await readAll({ sort, limit: 4, search })).filter(({ email }) => email.startsWith(mark));
      expect(users).toHaveLength(23);
      expect(new Set(users.map(({ id }) => id)).size).toBe(23);
      const key = (user: User) => [user[sort.replace("-", "") as "email"], user.id].join(" ");
      const sorted = [...users].sort((a, b) => (key(a) < key(b) ? -1 : 1));
      expect(users.map(key)).toEqual((sort.startsWith("-") ? sorted.reverse() : sorted).map(key));
    }
  });

  it("have no next one after the last, and a full one when another row follows", async () => {
    const exact = await list({ search: mark, limit: 23 });
    expect([exact.data.length, exact.nextCursor]).toEqual([23, null]);
    const short = await list({ search: mark, limit: 22 });
    expect(short.data).toHaveLength(22);
    expect(short.nextCursor).not.toBeNull();
  });

  it("cannot be continued under another order, filter or by another tenant", async () => {
    const { nextCursor: cursor } = await list({ limit: 2 });
    const tenant = await makeTenant();
    const foreign = tenantContext("admin", { tenantId: tenant.id, tenantSlug: tenant.slug });
    const refused = { code: "INVALID_INPUT", errors: [expect.objectContaining({ path: "cursor" })] };
    await expect(list({ limit: 2, cursor, sort: "email" })).rejects.toMatchObject(refused);
    await expect(list({ limit: 2, cursor, status: "active" })).rejects.toMatchObject(refused);
    await expect(runOperation(listUsers, foreign, { limit: 2, cursor })).rejects.toMatchObject(refused);
  });
});

describe("the search", () => {
  beforeAll(async () => {
    await makeUser({ email: "needle.one@example.com", name: "Ελένη Παπαδοπούλου" });
    await makeUser({ email: "needle_two@example.com", name: "田中 さくら" });
    await makeUser({ email: "needle%three@example.com", name: "Zoë O'Brien-Núñez" });
    await makeUser({ email: "needle\\four@example.com", name: "عبد الرحمن" });
  });

  it.each([
    ["part of an address", "edle.on", ["needle.one@example.com"]],
    ["the case of an address", "NEEDLE.ONE", ["needle.one@example.com"]],
    ["part of a name in another script", "Παπαδο", ["needle.one@example.com"]],
    ["the case of a name", "o'BRIEN", ["needle%three@example.com"]],
    ["two characters as the beginning of a name", "田中", ["needle_two@example.com"]],
    ["an underscore as itself", "needle_", ["needle_two@example.com"]],
    ["a percent sign as itself", "needle%", ["needle%three@example.com"]],
    ["a backslash as itself", "needle\\", ["needle\\four@example.com"]],
    ["nothing where nothing matches", "no-such-person-anywhere", []],
  ])("finds %s", async (_name, search, emails) => {
    const { data } = await list({ search });
    expect(data.map(({ email }) => email)).toEqual(emails);
  });

  it("of blanks is none", async () => {
    expect((await list({ search: "   " })).data.length).toBeGreaterThan(4);
  });

  it("combines with filters", async () => {
    await makeUser({ email: "needle.locked@example.com", lockedAt: new Date() });
    const { data } = await list({ search: "needle", status: "locked" });
    expect(data.map(({ email }) => email)).toEqual(["needle.locked@example.com"]);
  });
});

describe("the filters", () => {
  it("tell active, invited and locked users apart, and a lock that has run out is none", async () => {
    const past = new Date(Date.now() - 60_000);
    const future = new Date(Date.now() + 3_600_000);
    const users = {
      active: await makeUser({ name: "status" }),
      over: await makeUser({ name: "status", lockedAt: past, lockedUntil: past }),
      invited: await makeUser({ name: "status", invitedAt: past }),
      locked: await makeUser({ name: "status", lockedAt: past, lockedUntil: future, invitedAt: past }),
    };
    const ids = async (status: string) => (await readAll({ status, search: "status" })).map(({ id }) => id).sort();
    expect(await ids("active")).toEqual([users.active.id, users.over.id].sort());
    expect(await ids("invited")).toEqual([users.invited.id]);
    expect(await ids("locked")).toEqual([users.locked.id]);
    const { data } = await list({ status: "locked", search: "status" });
    expect(data[0]).toMatchObject({ status: "locked", lockedUntil: future.toISOString() });
  });

  it("find the holders of a role, on the platform and in tenants", async () => {
    const support = await makeUser({ platformRole: "support" });
    const tenant = await makeTenant();
    const moderator = await makeUser();
    await makeMembership(tenant.id, moderator.id, "moderator");
    const holders = async (role: string) => (await readAll({ role })).map(({ id }) => id);
    expect(await holders(builtInRoleId("platform", "support"))).toEqual([support.id]);
    expect(await holders(builtInRoleId("tenant", "moderator"))).toEqual([moderator.id]);
  });

  it("find the members of a tenant by its slug or id, with their roles there", async () => {
    const tenant = await makeTenant({ slug: "members-of", name: "Members of" });
    const member = await makeUser({ homeTenantId: tenant.id });
    await makeMembership(tenant.id, member.id, "admin");
    for (const name of [tenant.slug, tenant.id]) {
      const { data } = await list({ tenant: name });
      expect(data.map(({ id }) => id)).toEqual([member.id]);
      expect(data[0]?.homeTenant).toEqual({ id: tenant.id, slug: "members-of", name: "Members of" });
      expect(data[0]?.memberships[0]?.roles.map(({ key }) => key)).toEqual(["admin"]);
    }
    expect((await list({ tenant: "no-such-tenant" })).data).toEqual([]);
  });

  it("narrow by creation and by when somebody was last seen", async () => {
    const old = await makeUser({ name: "seen", createdAt: new Date("2020-01-01T00:00:00.000Z") });
    const seen = await makeUser({
      name: "seen",
      createdAt: new Date("2020-01-02T00:00:00.000Z"),
      lastSeenAt: new Date("2026-06-01T00:00:00.000Z"),
    });
    const ids = async (input: object) =>
      (await readAll({ search: "seen", sort: "createdAt", ...input })).map(({ id }) => id);
    expect(await ids({ createdAfter: "2020-01-02T00:00:00Z", createdBefore: "2020-01-03T00:00:00Z" })).toEqual([
      seen.id,
    ]);
    expect(await ids({ createdBefore: "2020-01-02T00:00:00Z" })).toEqual([old.id]);
    expect(await ids({ lastSeenBefore: "2026-06-01T00:00:00Z" })).toEqual([old.id]);
    expect(await ids({ lastSeenBefore: "2026-06-01T00:00:00.001Z" })).toEqual([old.id, seen.id]);
  });
});

describe("the users list of a tenant", () => {
  it("shows its members and those at home there, and nobody and nothing of another tenant", async () => {
    const [here, there] = [await makeTenant(), await makeTenant()];
    const member = await makeUser({ name: "isolation", homeTenantId: here.id, platformRole: "support" });
    const guest = await makeUser({ name: "isolation", homeTenantId: there.id });
    const stranger = await makeUser({ name: "isolation", homeTenantId: there.id });
    await makeMembership(here.id, member.id, "owner");
    await makeMembership(here.id, guest.id, "guest");
    await makeMembership(there.id, guest.id, "owner");
    await makeMembership(there.id, stranger.id);
    const caller = tenantContext("admin", { tenantId: here.id, tenantSlug: here.slug });
    for (const search of ["", "isolation"]) {
      const { data } = await runOperation(listUsers, caller, { search, sort: "createdAt" });
      expect(data.map(({ id }) => id).sort()).toEqual([member.id, guest.id].sort());
      expect(data.flatMap(({ memberships }) => memberships.map(({ tenant }) => tenant.id))).toEqual([here.id, here.id]);
      expect(data.find(({ id }) => id === guest.id)?.homeTenant).toBeNull();
      expect(data.find(({ id }) => id === member.id)?.roles.map(({ key }) => key)).toEqual(["owner"]);
    }
  });
});
