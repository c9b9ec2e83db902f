import type { Client } from "pg";
import { describe, expect, test } from "vitest";
import { newId } from "@/lib/db/new-id";
import { inScope, refusalOf } from "@/tests/support/database-fixtures";
import { openTestDatabase } from "@/tests/support/open-test-database";

const { admin, app } = await openTestDatabase();
const platform = { role: "gatehouse_platform" } as const;

async function record(client: Client, at: string | null = null): Promise<string> {
  const id = newId();
  await client.query(
    `insert into audit_event (id, at, action, outcome, actor_type, actor_name, request_id, source)
     values ($1, coalesce($2::timestamptz, now()), 'user.lock', 'success', 'cli', 'x', 'r', 'cli')`,
    [id, at],
  );
  return id;
}

async function partitionOf(id: string): Promise<string> {
  const { rows } = await admin.query("select tableoid::regclass::text as name from audit_event where id = $1", [id]);
  return rows[0].name;
}

describe("the audit log", () => {
  test("takes events of this month and the months ahead into their own partitions", async () => {
    const { rows } = await admin.query(
      `select to_char(m, 'YYYY_MM') as month, m + interval '3 days' as at from generate_series(date_trunc('month', now() at time zone 'UTC'),
        date_trunc('month', now() at time zone 'UTC') + interval '3 months', interval '1 month') m`,
    );
    for (const { month, at } of rows) {
      expect(await partitionOf(await record(app, at.toISOString()))).toBe(`gatehouse_audit.audit_event_${month}`);
    }
  });

  test("takes an event for which there is no partition, and moves it when its month is made", async () => {
    const { rows } = await admin.query(
      "select to_char(now() at time zone 'UTC' + interval '5 months', 'YYYY_MM') as month, now() + interval '5 months' as at",
    );
    const id = await record(app, rows[0].at.toISOString());
    expect(await partitionOf(id)).toBe("gatehouse_audit.audit_event_default");
    const made = await inScope(app, platform, () => app.query("select gatehouse.create_audit_partitions(5) as made"));
    expect(made.rows).toEqual([{ made: 2 }]);
    expect(await partitionOf(id)).toBe(`gatehouse_audit.audit_event_${rows[0].month}`);
    const again = await inScope(app, platform, () => app.query("select gatehouse.create_audit_partitions(5) as made"));
    expect(again.rows).toEqual([{ made: 0 }]);
  });

  test("tells which transaction recorded an event", async () => {
    const { xid, id } = await inScope(app, platform, async () => {
      const { rows } = await app.query("select pg_current_xact_id()::text as xid");
      return { xid: rows[0].xid, id: await record(app) };
    });
    const { rows } = await admin.query("select recorded_xid::text as xid from audit_event where id = $1", [id]);
    expect(rows).toEqual([{ xid }]);
  });

  test("cannot be changed, emptied or shortened by any run-time role", async () => {
    await record(app);
    for (const role of ["gatehouse_app", "gatehouse_tenant", "gatehouse_platform"] as const) {
      for (const sql of [
        "update audit_event set reason = 'x'",
        "delete from audit_event",
        "truncate audit_event",
        "drop table audit_event",
      ]) {
        expect(await refusalOf(() => inScope(app, { role }, () => app.query(sql))), `${role}: ${sql}`).toBe("42501");
      }
    }
  });

  test("is written and not read by the unscoped login", async () => {
    expect(await refusalOf(() => record(app))).toBeNull();
    expect(await refusalOf(() => app.query("select from audit_event"))).toBe("42501");
  });

  test.each([
    ["outcome", "perhaps"],
    ["actor_type", "ghost"],
    ["source", "telepathy"],
  ])("knows no %s %j", async (column, value) => {
    const id = newId();
    const known = { outcome: "success", actor_type: "cli", source: "cli", [column]: value };
    const insert = () =>
      app.query(
        `insert into audit_event (id, action, outcome, actor_type, actor_name, request_id, source) values ($1, 'x', $2, $3, 'x', 'r', $4)`,
        [id, known.outcome, known.actor_type, known.source],
      );
    expect(await refusalOf(insert)).toBe("23514");
  });
});
