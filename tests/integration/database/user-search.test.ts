import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { inScope, insertTenant, insertUser, refusalOf } from "@/tests/support/database-fixtures";
import { openTestDatabase } from "@/tests/support/open-test-database";

const { admin, app } = await openTestDatabase();
const platform = { role: "gatehouse_platform" } as const;

async function search(text: string, extra = "", scope: Parameters<typeof inScope>[1] = platform): Promise<string[]> {
  const { rows } = await inScope(app, scope, () =>
    app.query(`select id from gatehouse.search_users($1 ${extra})`, [text]),
  );
  return rows.map((row) => row.id);
}

describe("a search by text", () => {
  test("finds a part of an address or of a name from three characters on, in any case", async () => {
    const id = await insertUser(admin, { name: "Zoë Őszi-Björkqvist", email: "zoe.bjork+news@kiruna.example" });
    for (const text of [
      "björkq",
      "BJÖRKQ",
      "őszi-b",
      "zoe.bjork+n",
      "@kiruna.exam",
      "rk+news@ki",
      "zoe.bjork+news@kiruna.example",
    ]) {
      expect(await search(text), text).toContain(id);
    }
    for (const text of ["bjorkqvist", "zoë.b", "kiruna.examples", "qvist\nzoe"])
      expect(await search(text), text).not.toContain(id);
  });

  test("finds the beginning of an address or of a name with one or two characters", async () => {
    const id = await insertUser(admin, { name: "Ýr Þórsdóttir", email: "qx7@example.com" });
    for (const text of ["q", "qx", "ý", "ÝR"]) expect(await search(text), text).toContain(id);
    for (const text of ["x7", "7@", "þó"]) expect(await search(text), text).not.toContain(id);
  });

  test.each(["%", "_", "\\", "a_c", "100%", "b\\s", "a.b", "'", "''", '"', "$1", "%L", "...", "\u0001"])(
    "takes %j literally",
    async (text) => {
      const tag = randomBytes(5).toString("hex");
      const id = await insertUser(admin, { name: `${text} ${tag}`, email: `${tag}@example.com` });
      const other = await insertUser(admin, { name: `abc ${tag}`, email: `x${tag}@example.com` });
      const found = await search(text, ", page_size => 1000");
      expect(found).toContain(id);
      expect(found).not.toContain(other);
      expect(await search(`${text} ${tag}`)).toEqual([id]);
    },
  );

  test("finds names that are written without letters of the Latin alphabet", async () => {
    const id = await insertUser(admin, { name: "田中さくら משה محمد Ελένη", email: "tanaka@example.com" });
    for (const text of ["田", "田中", "中さく", "さくら", "משה", "محمد", "ελένη"])
      expect(await search(text), text).toContain(id);
  });

  test("of nothing finds nothing", async () => {
    expect(await search("")).toEqual([]);
  });
});

describe("a page of a search", () => {
  // Enough users over enough years that a page is filled by the first look for none of the texts, whichever way is then
  // taken; and a tenant for each way through one.
  const total = 5000;
  const tenantIds: Record<string, string> = {};

  beforeAll(async () => {
    await admin.query('delete from "user"');
    for (const name of ["large", "small", "visited"]) tenantIds[name] = await insertTenant(admin);
    await admin.query(
      `insert into "user" (id, name, email, created_at, home_tenant_id)
       select gen_random_uuid(), case when i % 2 = 0 then 'Even' else 'Odd' end || case when i % 40 = 0 then ' Fortieth' else '' end
           || case when i % 700 = 0 then ' Rare' else '' end || ' ' || i % 97, 'u' || i || '@example.com',
         date_trunc('milliseconds', now() - i % 1500 * interval '1 day'),
         case when i % 3 = 0 then $1::uuid when i % 100 = 1 then $2::uuid end
       from generate_series(1, ${total}) i`,
      [tenantIds.large, tenantIds.small],
    );
    // Guests: one of seven hundred in the large tenant, some in the small one, and many in the one that has nobody else.
    await admin.query(
      `insert into membership (id, tenant_id, user_id)
       select gen_random_uuid(), g.tenant_id, u.id from "user" u
       join (values ($1::uuid, 'u700@%'), ($2, 'u_2@%'), ($3, '%2@%'), ($3, '%4@%'), ($3, '%7@%')) g (tenant_id, pattern) on u.email like g.pattern`,
      [tenantIds.large, tenantIds.small, tenantIds.visited],
    );
    await admin.query('analyze "user"');
  });

  const inTenant = (name: string) => () => ({ role: "gatehouse_tenant", tenantId: tenantIds[name] }) as const;
  const scopes = {
    "the platform": () => platform,
    "a large tenant": inTenant("large"),
    "a small tenant": inTenant("small"),
    "a tenant of guests": inTenant("visited"),
  };
  const orders = ["created_at desc", "created_at asc", "email asc", "name desc"] as const;
  const texts = ["example.com", "fortieth", "rare", "even", "u12", "u1234@example.com", "nobody at all", "u", "ra"];
  const cases = Object.keys(scopes).flatMap((scope) =>
    orders.flatMap((order) => texts.map((text) => [text, order, scope] as const)),
  );

  test.each(cases)(
    "%j by %s in %s walks through exactly what a plain query finds, in its order",
    async (text, order, scopeName) => {
      const scope = scopes[scopeName as keyof typeof scopes]();
      const [sort, direction] = order.split(" ");
      const pattern = text.length < 3 ? `${text}%` : `%${text}%`;
      const { rows } = await inScope(app, scope, () =>
        app.query(
          `select id from "user" where lower(name) like $1 or email like $1 order by ${sort} ${direction}, id ${direction}`,
          [pattern],
        ),
      );
      const expected = rows.map((row) => row.id);
      const found: string[] = [];
      await inScope(app, scope, async () => {
        let after: { value: string | null; id: string | null } = { value: null, id: null };
        while (found.length <= total) {
          const page = await app.query("select id, value from gatehouse.search_users($1, $2, $3, $4, $5, 211)", [
            text,
            sort,
            direction === "desc",
            after.value,
            after.id,
          ]);
          found.push(...page.rows.map((row) => row.id));
          if (page.rows.length < 211) break;
          after = page.rows.at(-1);
        }
      });
      expect(found).toEqual(expected);
    },
  );

  test("holds a thousand at most, and one at least", async () => {
    expect(await search("example", ", page_size => 100000")).toHaveLength(1000);
    expect(await search("example", ", page_size => -5")).toHaveLength(1);
  });

  test("has no other orders than those with an index", async () => {
    for (const sort of ["password", "id; drop table session", ""]) {
      expect(await refusalOf(() => search("example", `, sort => '${sort}'`))).toBe("22023");
    }
  });
});
