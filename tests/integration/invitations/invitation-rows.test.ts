import { createHash, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { inScope, insertMembership, insertTenant, insertUser, refusalOf } from "../../support/database-fixtures";
import { openTestDatabase } from "../../support/open-test-database";

const { admin, app } = await openTestDatabase();

async function insertInvitation(tenantId: string, email: string): Promise<{ id: string; tokenHash: string }> {
  const id = newId();
  const tokenHash = createHash("sha256").update(randomBytes(32)).digest("hex");
  await admin.query(
    `insert into invitation (id, tenant_id, email, token_hash, invited_by_type, invited_by_name, expires_at)
     values ($1, $2, $3, $4, 'user', 'Somebody', now() + interval '1 day')`,
    [id, tenantId, email, tokenHash],
  );
  return { id, tokenHash };
}

const asTenant = <T>(tenantId: string, work: () => Promise<T>) =>
  inScope(app, { role: "gatehouse_tenant", tenantId }, work);

const accept = (tenantId: string, tokenHash: string, userId: string) =>
  asTenant(tenantId, async () => {
    const sql = "select is_guest from gatehouse.accept_invitation($1, $2, $3)";
    return (await app.query(sql, [tokenHash, userId, newId()])).rows;
  });

const membershipsOf = async (userId: string) =>
  (await admin.query("select tenant_id from membership where user_id = $1", [userId])).rows.map((row) => row.tenant_id);

describe("a tenant's role in the database", () => {
  it("gains a foreign member by that person's own invitation alone", async () => {
    const [here, there] = [await insertTenant(admin), await insertTenant(admin)];
    const email = `${newId()}@example.com`;
    const invited = await insertUser(admin, { email, homeTenantId: there });
    const other = await insertUser(admin, { homeTenantId: there });
    const { tokenHash } = await insertInvitation(here, email);
    expect(
      await refusalOf(() =>
        asTenant(here, () => app.query("insert into membership (id, user_id) values ($1, $2)", [newId(), invited])),
      ),
    ).toBe("42501");
    expect(await accept(here, tokenHash, other)).toEqual([]);
    expect(await accept(there, tokenHash, invited)).toEqual([]);
    expect(await accept(here, "nonsense", invited)).toEqual([]);
    expect([await membershipsOf(invited), await membershipsOf(other)]).toEqual([[], []]);
    expect(await accept(here, tokenHash, invited)).toEqual([{ is_guest: true }]);
    expect(await membershipsOf(invited)).toEqual([here]);
    expect(await accept(here, tokenHash, invited)).toEqual([]);
  });

  it("neither reads a link's hash, nor says by itself that an invitation was accepted, nor revives one", async () => {
    const tenantId = await insertTenant(admin);
    const { id } = await insertInvitation(tenantId, `${newId()}@example.com`);
    const run = (sql: string) => refusalOf(() => asTenant(tenantId, () => app.query(sql)));
    expect(await run("select token_hash from invitation")).toBe("42501");
    expect(await run("update invitation set accepted_at = now(), accepted_by_id = gen_random_uuid()")).toBe("42501");
    expect(await run("delete from invitation")).toBe("42501");
    expect(await run("update invitation set revoked_at = now()")).toBeNull();
    expect(await run("update invitation set revoked_at = null")).toBeNull();
    const { rows } = await admin.query("select revoked_at is not null as revoked from invitation where id = $1", [id]);
    expect(rows).toEqual([{ revoked: true }]);
  });

  it("sees and writes nothing of another tenant's invitations, and gives no role of another tenant", async () => {
    const [here, there] = [await insertTenant(admin), await insertTenant(admin)];
    const [own, foreign] = [
      await insertInvitation(here, `${newId()}@example.com`),
      await insertInvitation(there, `${newId()}@example.com`),
    ];
    const roleId = newId();
    await admin.query(
      "insert into role (id, tenant_id, scope, key, name, rank, permissions) values ($1, $2, 'tenant', $3, 'R', 10, '{}')",
      [roleId, there, roleId],
    );
    const give = (invitationId: string, tenantId: string | null) =>
      refusalOf(() =>
        asTenant(here, () =>
          app.query(
            `insert into invitation_role (tenant_id, invitation_id, role_id)
             values (coalesce($1, gatehouse.current_tenant_id()), $2, $3)`,
            [tenantId, invitationId, roleId],
          ),
        ),
      );
    const seen = await asTenant(here, () => app.query("select id from invitation"));
    expect(seen.rows).toEqual([{ id: own.id }]);
    expect(await give(own.id, null)).toBe("23514");
    expect(await give(foreign.id, there)).toBe("42501");
    expect(await give(foreign.id, here)).not.toBeNull();
  });

  it("without a scope reads no invitation, and a link only by its hash", async () => {
    const tenantId = await insertTenant(admin);
    const { id, tokenHash } = await insertInvitation(tenantId, `${newId()}@example.com`);
    expect(await refusalOf(() => app.query("select 1 from invitation"))).toBe("42501");
    const found = await app.query("select id, state from gatehouse.find_invitation($1)", [tokenHash]);
    expect(found.rows).toEqual([{ id, state: "pending" }]);
  });
});

it("who leaves a home takes the account along, whichever statement removes the membership", async () => {
  const [home, elsewhere] = [await insertTenant(admin), await insertTenant(admin)];
  const user = await insertUser(admin, { homeTenantId: home });
  for (const tenantId of [home, elsewhere]) await insertMembership(admin, { tenantId, userId: user });
  const homeOf = async () =>
    (await admin.query('select home_tenant_id as home from "user" where id = $1', [user])).rows[0].home;
  await admin.query("delete from membership where user_id = $1 and tenant_id = $2", [user, elsewhere]);
  expect(await homeOf()).toBe(home);
  await admin.query("delete from membership where user_id = $1 and tenant_id = $2", [user, home]);
  expect(await homeOf()).toBeNull();
});
