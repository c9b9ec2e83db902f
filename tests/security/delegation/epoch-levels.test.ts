import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { makeMembership, makeTenant, makeUser } from "@/tests/support/factories";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await startTestRuntime();
});
afterAll(() => runtime.stop());

type Person = { userId: string; homeId: string; tenantId: string };

/** A guest of one tenant at home in another: every level has a say. */
async function makePerson(): Promise<Person> {
  const [home, tenant] = [await makeTenant(), await makeTenant()];
  const user = await makeUser({ homeTenantId: home.id });
  await makeMembership(home.id, user.id);
  await makeMembership(tenant.id, user.id, "guest");
  return { userId: user.id, homeId: home.id, tenantId: tenant.id };
}

async function signIn({ userId, tenantId }: Person): Promise<string> {
  const tokenHash = createHash("sha256").update(randomBytes(32)).digest("hex");
  await runtime.asSuperuser(
    `insert into session (id, user_id, token_hash, expires_at, idle_seconds, active_tenant_id, platform_epoch, user_epoch)
     select $1, u.id, $2, now() + interval '1 day', 3600, $3, 0, u.session_epoch from "user" u where u.id = $4`,
    [newId(), tokenHash, tenantId, userId],
  );
  return tokenHash;
}

async function isAlive(tokenHash: string): Promise<boolean> {
  return (await runtime.asSuperuser("select from gatehouse.check_session($1)", [tokenHash])).length === 1;
}

const raise = (table: string, where: string) => `update ${table} set session_epoch = session_epoch + 1 where ${where}`;
const levels: Record<string, (person: Person) => [sql: string, values: unknown[]]> = {
  platform: () => [raise("platform", "true"), []],
  "home tenant": ({ homeId }) => [raise("tenant", "id = $1"), [homeId]],
  "active tenant": ({ tenantId }) => [raise("tenant", "id = $1"), [tenantId]],
  membership: ({ userId, tenantId }) => [raise("membership", "user_id = $1 and tenant_id = $2"), [userId, tenantId]],
  user: ({ userId }) => [raise('"user"', "id = $1"), [userId]],
};
const names = Object.keys(levels);
const pairs = names.flatMap((first) => names.map((second) => [first, second] as const));

describe("no level of epochs shadows another (Keycloak CVE-2026-8922)", () => {
  it.each(pairs)("the %s's end holds, and the %s's later one as well", async (first, second) => {
    const person = await makePerson();
    const end = (level: string) => runtime.asSuperuser(...(levels[level]?.(person) ?? ["select 1", []]));
    const before = await signIn(person);
    await end(first);
    const between = await signIn(person);
    expect([await isAlive(before), await isAlive(between)]).toEqual([false, true]);
    await end(second);
    const after = await signIn(person);
    expect([await isAlive(before), await isAlive(between), await isAlive(after)]).toEqual([false, false, true]);
  });

  it.each(names)("the %s's epoch is never lowered, so that nothing ended comes back", async (level) => {
    const person = await makePerson();
    const [sql, values] = levels[level]?.(person) ?? ["select 1", []];
    await runtime.asSuperuser(sql, values);
    const lowered = runtime.asSuperuser(sql.replace("session_epoch + 1", "session_epoch - 1"), values);
    await expect(lowered).rejects.toThrow("may only rise");
  });
});
