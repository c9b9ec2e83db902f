import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { runOperation } from "@/lib/operations/run-operation";
import { updatePolicy } from "@/lib/policies/update-policy";
import { sweepSessionHistory } from "@/lib/sessions/sweep-history";
import { platformContext, tenantContext } from "@/tests/support/contexts";
import { inScope, refusalOf } from "@/tests/support/database-fixtures";
import { makeUser } from "@/tests/support/factories";
import { openTenant } from "@/tests/support/people";
import { type AuthFixture, startAuthFixture } from "../auth/auth-fixture";

let fixture: AuthFixture;
beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

async function endedDaysAgo(days: number, homeTenantId: string | null = null, count = 1): Promise<string[]> {
  const ids = Array.from({ length: count }, newId);
  await fixture.sql.query(
    `insert into session_history (id, user_id, created_at, expires_at, ended_at, end_reason, method, home_tenant_id)
     select id, $2, now() - interval '4000 d', now(), now() - $3::int * interval '1 d', 'revoked', 'password', $4
     from unnest($1::uuid[]) id`,
    [ids, newId(), days, homeTenantId],
  );
  return ids;
}

async function keptOf(ids: string[]): Promise<number> {
  const { rows } = await fixture.sql.query("select 1 from session_history where id = any($1::uuid[])", [ids]);
  return rows.length;
}

const keep = (ctx: Parameters<typeof runOperation>[1], sessionHistoryDays: number | null) =>
  runOperation(updatePolicy, ctx, { sessionHistoryDays });

describe("ended sessions are kept", () => {
  it("for a year where nobody says anything, however many there are", async () => {
    const [young, old] = [await endedDaysAgo(364), await endedDaysAgo(366, null, 4_100)];
    expect(await sweepSessionHistory()).toBe(4_100);
    expect([await keptOf(young), await keptOf(old)]).toEqual([1, 0]);
    expect(await sweepSessionHistory()).toBe(0);
  });

  it("as long as the platform says, and those of a tenant's people as long as it says itself", async () => {
    const [brief, long, silent] = [await openTenant(), await openTenant(), await openTenant()];
    await keep(tenantContext("owner", brief), 30);
    await keep(tenantContext("owner", long), 3_650);
    await keep(platformContext("owner"), 90);
    try {
      const kept = [
        ...(await endedDaysAgo(29, brief.tenantId)),
        ...(await endedDaysAgo(3_000, long.tenantId)),
        ...(await endedDaysAgo(89, silent.tenantId)),
        ...(await endedDaysAgo(89)),
      ];
      const gone = [
        ...(await endedDaysAgo(31, brief.tenantId)),
        ...(await endedDaysAgo(3_651, long.tenantId)),
        ...(await endedDaysAgo(91, silent.tenantId)),
        ...(await endedDaysAgo(91)),
      ];
      await sweepSessionHistory();
      expect([await keptOf(kept), await keptOf(gone)]).toEqual([4, 0]);
    } finally {
      await keep(platformContext("owner"), null);
    }
  });

  it("and the receipts of revocations stay", async () => {
    const [id = ""] = await endedDaysAgo(400);
    const receipt = newId();
    const user = await makeUser();
    await fixture.sql.query(
      `insert into revocation_receipt (id, kind, target_id, request, actor_type, actor_name, request_id, requested_at)
       values ($1, 'user', $2, '{}', 'cli', 'x', 'x', now() - interval '400 d')`,
      [receipt, user.id],
    );
    await fixture.sql.query("update session_history set receipt_id = $1 where id = $2", [receipt, id]);
    await sweepSessionHistory();
    expect(await keptOf([id])).toBe(0);
    const { rows } = await fixture.sql.query("select 1 from revocation_receipt where id = $1", [receipt]);
    expect(rows).toHaveLength(1);
  });

  it("for 30 days at least and ten years at most, and no scope removes them itself", async () => {
    for (const days of [29, 3_651]) {
      await expect(keep(platformContext("owner"), days)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    }
    for (const role of ["gatehouse_platform", "gatehouse_tenant"] as const) {
      const removal = () => inScope(fixture.sql, { role }, () => fixture.sql.query("delete from session_history"));
      expect(await refusalOf(removal), role).toBe("42501");
    }
  });
});
