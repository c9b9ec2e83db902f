import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyPassword } from "@/lib/auth/password-hashing";
import { appendAuditEvents } from "@/lib/seed/append-audit-events";
import { demoAccounts } from "@/lib/seed/demo-accounts";
import { inventDemo } from "@/lib/seed/demo-data";
import type { ScaleOptions } from "@/lib/seed/scale-plan";
import { withSeedClients } from "@/lib/seed/seed-clients";
import { seedDemo } from "@/lib/seed/seed-demo";
import { seedScale } from "@/lib/seed/seed-scale";
import { makeUser } from "@/tests/support/factories";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";

const longEnough = 120_000;

describe("seeding", { timeout: longEnough }, () => {
  let runtime: TestRuntime;

  beforeEach(async () => {
    runtime = await startTestRuntime();
  });
  afterEach(() => runtime.stop());

  const counts = async () => {
    const tables = [
      "tenant",
      '"user"',
      "account",
      "membership",
      "session",
      "session_history",
      "revocation_receipt",
      "audit_event",
    ];
    const sql = tables.map((table) => `(select count(*)::int from ${table})`).join(", ");
    const [row] = await runtime.asSuperuser<{ counts: number[] }>(`select array[${sql}] as counts`);
    return row?.counts ?? [];
  };
  const alive = () =>
    runtime.asSuperuser("select count(*)::int as n from session s where gatehouse.session_is_alive(s)");
  const total = (table: string) => runtime.asSuperuser(`select count(*)::int as n from ${table}`);

  /** Row security and triggers as they are in a database that nobody seeded. */
  async function expectGuardsInPlace() {
    const open = await runtime.asSuperuser(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity and not relforcerowsecurity`,
    );
    expect(open).toEqual([]);
    expect(await runtime.asSuperuser("select tgname from pg_trigger where tgenabled = 'D'")).toEqual([]);
  }

  it("makes the demo once: a second time changes nothing, also at the same moment", async () => {
    const together = await Promise.all([seedDemo(runtime.database), seedDemo(runtime.database)]);
    const before = await counts();
    const again = await seedDemo(runtime.database);

    expect(together.map(({ created }) => created).toSorted()).toEqual([false, true]);
    expect(again.created).toBe(false);
    expect(await counts()).toEqual(before);
    expect(before.every((count) => count > 0)).toBe(true);
  });

  it("makes a demo in which every session is alive and every printed password fits", async () => {
    await seedDemo(runtime.database);

    expect(await alive()).toEqual(await total("session"));
    for (const { email, password } of demoAccounts.slice(0, 6)) {
      const [account] = await runtime.asSuperuser<{ password: string }>(
        `select a.password from account a join "user" u on u.id = a.user_id where u.email = $1`,
        [email],
      );
      expect(await verifyPassword({ password, passwordHash: account?.password ?? "" })).toBe(true);
    }
    await expectGuardsInPlace();
  });

  it("refuses to mix the demo with other people's data", async () => {
    await makeUser();
    const before = await counts();

    await expect(seedDemo(runtime.database)).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await counts()).toEqual(before);
    await expectGuardsInPlace();
  });

  const options: ScaleOptions = { users: 2000, sessions: 6000, events: 4000, history: 1200, tenants: 20 };
  const load = (changes: Partial<ScaleOptions> = {}, onProgress: () => void = () => undefined) =>
    seedScale({ ...options, ...changes }, { ...runtime.database, onProgress });

  it("loads exactly what was asked for, all of it consistent, and nothing the second time", async () => {
    const first = await load();
    const second = await load();

    expect(first).toMatchObject({ loadedUsers: 2000, password: expect.any(String) });
    expect(second).toMatchObject({ loadedUsers: 0, password: null });
    const [tenants, users, accounts, , sessions, history, , events] = await counts();
    expect({ tenants, users, accounts, sessions, history, events }).toEqual({ ...options, accounts: options.users });
    expect(await alive()).toEqual([{ n: options.sessions }]);
    const [shares] = await runtime.asSuperuser<{ largest: number; names: number; owned: number }>(
      `select (select max(n) from (select count(*)::float / 2000 as n from "user" group by home_tenant_id) as share) as largest,
        (select count(distinct name)::int from "user") as names,
        (select count(distinct m.tenant_id)::int from membership_role m join role r on r.id = m.role_id where r.key = 'owner') as owned`,
    );
    expect(shares?.largest).toBeGreaterThan(0.25);
    expect(shares?.largest).toBeLessThan(0.35);
    expect(shares?.names).toBeGreaterThan(1500);
    expect(shares?.owned).toBe(20);
    await expectGuardsInPlace();
  });

  it("goes on where it was interrupted, and ends with the same counts", async () => {
    const stop = () => {
      throw new Error("interrupted");
    };

    await expect(load({}, stop)).rejects.toThrow("interrupted");
    const rest = await load();

    expect(rest.loadedUsers).toBe(1500);
    const [, users, , , sessions, , , events] = await counts();
    expect({ users, sessions, events }).toEqual({ users: 2000, sessions: 6000, events: 4000 });
  });

  it("adds no event twice when a load that broke before its end repeats them", async () => {
    const { events } = inventDemo(Date.now());

    for (const _round of [1, 2]) {
      await withSeedClients(runtime.database, ({ app }) => appendAuditEvents(app, events));
    }

    expect(await total("audit_event")).toEqual([{ n: events.length }]);
  });

  it("refuses other numbers than those of the data that is there", async () => {
    await load({ users: 500, sessions: 500, events: 0, history: 0 });

    await expect(load()).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("leaves the people who are there alone", async () => {
    const user = await makeUser();
    await runtime.makeSessions(user.id, 2);

    await load({ users: 500, sessions: 500, events: 0, history: 0 });

    expect(await runtime.asSuperuser("select count(*)::int as n from session where user_id = $1", [user.id])).toEqual([
      { n: 2 },
    ]);
    expect(await total('"user"')).toEqual([{ n: 501 }]);
  });
});
