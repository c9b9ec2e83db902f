import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtInRoleId } from "@/lib/authorization/built-in-roles";
import { runOperation } from "@/lib/operations/run-operation";
import { listUsers } from "@/lib/users/list-users";
import { platformContext, tenantContext } from "../../support/contexts";
import { makeMembership, makeTenant, makeUser } from "../../support/factories";
import { startTestRuntime, type TestRuntime } from "../../support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

type Tenant = Awaited<ReturnType<typeof makeTenant>>;

async function readAll({ id, slug }: Tenant, input: Record<string, unknown>): Promise<string[]> {
  const ctx = tenantContext("admin", { tenantId: id, tenantSlug: slug });
  const emails: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof runOperation<typeof listUsers.input, typeof listUsers.output>>> =
      await runOperation(listUsers, ctx, { ...input, ...(cursor === null ? {} : { cursor }) });
    emails.push(...page.data.map(({ email }) => email));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return emails;
}

// Members at home, members at home elsewhere, somebody at home without a membership, and as many who are nothing here.
async function furnish(count: number): Promise<Tenant> {
  const [here, there] = [await makeTenant(), await makeTenant()];
  await runtime.asSuperuser(
    `insert into "user" (id, name, email, created_at, home_tenant_id)
     select gen_random_uuid(), 'Name ' || i % 7, 'u' || i || '@' || $1, now() - i % 50 * interval '1 second',
       case when i % 2 = 0 then $2::uuid else $3::uuid end
     from generate_series(1, $4::int) i`,
    [`${here.slug}.example`, here.id, there.id, count],
  );
  await runtime.asSuperuser(
    `insert into membership (id, tenant_id, user_id)
     select gen_random_uuid(), $1, u.id from "user" u
     where (u.home_tenant_id = $1 and u.email not like 'u2@%') or (u.home_tenant_id = $2 and u.email like '%5@%')`,
    [here.id, there.id],
  );
  return here;
}

async function expectExactly(tenant: Tenant, limit: number, sorts: string[]): Promise<void> {
  const here = await runtime.asSuperuser<{ email: string }>(
    `select email from "user" where home_tenant_id = $1 or id in (select user_id from membership where tenant_id = $1)`,
    [tenant.id],
  );
  for (const sort of sorts) {
    const found = await readAll(tenant, { sort, limit });
    expect(new Set(found)).toEqual(new Set(here.map(({ email }) => email)));
    expect(found).toHaveLength(here.length);
  }
  const emails = await readAll(tenant, { sort: "email", limit });
  expect(emails).toEqual([...emails].sort());
}

describe("the users list of a tenant", () => {
  it("holds everybody of a small tenant once and in order: members, guests, and who is only at home", async () => {
    await expectExactly(await furnish(60), 7, ["-createdAt", "createdAt", "email", "-name"]);
  });

  it("holds the same of a tenant that is too large to be gathered", async () => {
    await expectExactly(await furnish(7_000), 100, ["-createdAt"]);
  });

  it("is narrowed by a role of the tenant", async () => {
    const tenant = await makeTenant();
    const [moderator, other] = [await makeUser({ platformRole: "support" }), await makeUser()];
    await makeMembership(tenant.id, moderator.id, "moderator");
    await makeMembership(tenant.id, other.id);
    expect(await readAll(tenant, { role: builtInRoleId("tenant", "moderator") })).toEqual([moderator.email]);
    expect(await readAll(tenant, { role: builtInRoleId("platform", "support") })).toEqual([]);
  });
});

describe("the platform's list of one tenant's users", () => {
  it.each([60, 13_000])("holds its members, and only them, of %d users", async (count) => {
    const tenant = await furnish(count);
    const members = await runtime.asSuperuser<{ email: string }>(
      `select u.email from membership m join "user" u on u.id = m.user_id where m.tenant_id = $1 order by u.email limit 100`,
      [tenant.id],
    );
    const { data } = await runOperation(listUsers, platformContext("auditor"), {
      tenant: tenant.slug,
      sort: "email",
      limit: 100,
    });
    expect(data.map(({ email }) => email)).toEqual(members.map(({ email }) => email));
  });
});

describe("the list of a role's holders", () => {
  it.each([20, 13_000])(
    "holds each of %d users that have it, on the platform and in the tenant, and nobody else",
    async (count) => {
      const tenant = await furnish(count);
      const role = builtInRoleId("tenant", "auditor");
      await runtime.asSuperuser(
        `insert into membership_role (tenant_id, membership_id, role_id)
       select m.tenant_id, m.id, $2 from membership m join "user" u on u.id = m.user_id where m.tenant_id = $1 and u.name <> 'Name 3'`,
        [tenant.id, role],
      );
      for (const [sort, order] of [
        ["-createdAt", "created_at desc, id desc"],
        ["name", "name, id"],
      ]) {
        const holders = await runtime.asSuperuser<{ email: string }>(
          `select email from (select u.* from membership_role r join membership m on m.id = r.membership_id join "user" u on u.id = m.user_id
           where m.tenant_id = $1 and r.role_id = $2) u order by ${order} limit 100`,
          [tenant.id, role],
        );
        const ctx = tenantContext("admin", { tenantId: tenant.id, tenantSlug: tenant.slug });
        const inTenant = await runOperation(listUsers, ctx, { role, sort, limit: 100 });
        const ofTenant = await runOperation(listUsers, platformContext("auditor"), {
          role,
          tenant: tenant.id,
          sort,
          limit: 100,
        });
        for (const { data } of [inTenant, ofTenant])
          expect(data.map(({ email }) => email)).toEqual(holders.map(({ email }) => email));
      }
    },
    60_000,
  );
});
