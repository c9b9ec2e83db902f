import { createHash, randomBytes } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "@/lib/db/new-id";
import { subjectHash } from "@/lib/rate-limits/limit-keys";
import { inScope, insertTenant, insertUser, refusalOf } from "@/tests/support/database-fixtures";
import { openTestDatabase } from "@/tests/support/open-test-database";

type Side = { tenantId: string; userId: string; email: string; blockId: string; exemptionId: string };

const { admin, app } = await openTestDatabase();
let ours: Side;
let theirs: Side;

beforeAll(async () => {
  ours = await furnish();
  theirs = await furnish();
});

async function furnish(): Promise<Side> {
  const tenantId = await insertTenant(admin);
  const userId = await insertUser(admin, { homeTenantId: tenantId });
  const { rows } = await admin.query<{ email: string }>('select email from "user" where id = $1', [userId]);
  const email = rows[0]?.email ?? "";
  const [blockId, exemptionId] = [newId(), newId()];
  await admin.query(insertBlock, [blockId, tenantId, "account", subjectHash("account", email), userId]);
  await admin.query(insertExemption, [exemptionId, tenantId, null, userId]);
  return { tenantId, userId, email, blockId, exemptionId };
}

const insertBlock = `insert into rate_limit_block (id, tenant_id, dimension, subject, label, user_id, reason, blocked_until, created_by_type, created_by_name)
  values ($1, $2, $3, $4, 'somebody', $5, 'an attack', now() + interval '1 hour', 'user', 'x')`;
const insertExemption = `insert into rate_limit_exemption (id, tenant_id, network, user_id, reason, expires_at, created_by_type, created_by_name)
  values ($1, $2, $3, $4, 'the office', now() + interval '1 hour', 'user', 'x')`;

/** The code with which a tenant's statement is refused; null when it is not. */
async function refused(sql: string, values: unknown[]): Promise<string | null> {
  return refusalOf(() =>
    inScope(app, { role: "gatehouse_tenant", tenantId: ours.tenantId }, () => app.query(sql, values)),
  );
}

describe("a tenant", () => {
  test("blocks an account that is at home in it, by that account's own hash", async () => {
    const values = [newId(), ours.tenantId, "account", subjectHash("account", ours.email), ours.userId];
    expect(await refused(insertBlock, values)).toBeNull();
  });

  test.each([
    ["an account of another tenant", () => ["account", subjectHash("account", theirs.email), theirs.userId]],
    ["another account behind its own one's id", () => ["account", subjectHash("account", theirs.email), ours.userId]],
    ["a network address", () => ["address", subjectHash("address", "192.0.2.1"), null]],
    ["a network address behind its own one's id", () => ["address", subjectHash("address", "192.0.2.1"), ours.userId]],
    ["a session", () => ["caller", subjectHash("caller", "session:x"), ours.userId]],
  ])("does not block %s", async (_what, values) => {
    expect(await refused(insertBlock, [newId(), ours.tenantId, ...values()])).toBe("23514");
  });

  test("lets no network through, and nobody else's account", async () => {
    expect(await refused(insertExemption, [newId(), ours.tenantId, null, ours.userId])).toBeNull();
    expect(await refused(insertExemption, [newId(), ours.tenantId, "192.0.2.0/24", null])).toBe("23514");
    expect(await refused(insertExemption, [newId(), ours.tenantId, null, theirs.userId])).toBe("23514");
  });

  test("writes nothing in another tenant's name or the platform's", async () => {
    for (const tenantId of [theirs.tenantId, null]) {
      const hash = subjectHash("account", ours.email);
      expect(await refused(insertBlock, [newId(), tenantId, "account", hash, ours.userId])).toBe("42501");
      expect(await refused(insertExemption, [newId(), tenantId, null, ours.userId])).toBe("42501");
    }
  });

  test("neither sees nor deletes what is another tenant's, and changes no rule", async () => {
    await inScope(app, { role: "gatehouse_tenant", tenantId: ours.tenantId }, async () => {
      const { rows } = await app.query("select id from rate_limit_block union all select id from rate_limit_exemption");
      const ids = rows.map(({ id }) => id);
      expect(ids).toContain(ours.blockId);
      expect(ids).not.toContain(theirs.blockId);
      expect(ids).not.toContain(theirs.exemptionId);
      expect((await app.query("delete from rate_limit_block where id = $1", [theirs.blockId])).rowCount).toBe(0);
      expect((await app.query("delete from rate_limit_exemption where id = $1", [theirs.exemptionId])).rowCount).toBe(
        0,
      );
    });
    expect(
      await refused("insert into rate_limit_rule values ('api', 1, 1, 'observe', 1, now(), 'user', null, 'x')", []),
    ).toBe("42501");
  });
});

describe("the database", () => {
  test("computes an account's hash as the limiter does", async () => {
    const email = `${randomBytes(6).toString("hex")}@example.com`;
    const { rows } = await admin.query(
      `select left(translate(encode(sha256(convert_to('account:' || $1::text, 'UTF8')), 'base64'), '+/', '-_'), 16) as hash`,
      [email],
    );
    expect(rows).toEqual([{ hash: subjectHash("account", email) }]);
    expect(subjectHash("account", email)).toBe(
      createHash("sha256").update(`account:${email}`).digest("base64url").slice(0, 16),
    );
  });

  test("refuses a block or an exemption without an end, and a network that is none", async () => {
    const values = [newId(), null, "address", subjectHash("address", "192.0.2.1"), null];
    const endless = insertBlock.replace("interval '1 hour'", "interval '2 years'");
    expect(await refusalOf(() => admin.query(endless, values))).toBe("23514");
    for (const network of ["192.0.2.7/24", "0.0.0.0/0", "::/1"])
      expect(await refusalOf(() => admin.query(insertExemption, [newId(), null, network, null]))).toBe("23514");
  });
});
