import { randomBytes, scryptSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEventsOf } from "../../support/factories";
import { type AuthFixture, makeAccount, makeBrowser, password, startAuthFixture } from "./auth-fixture";

let fixture: AuthFixture;

beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

// Written out here, and not with our own code, so that it is Better Auth's format that is proven.
function olderHash(text: string): string {
  const salt = randomBytes(16).toString("hex");
  const key = scryptSync(text.normalize("NFKC"), salt, 64, { N: 16_384, r: 16, p: 1, maxmem: 64 * 1024 * 1024 });
  return `${salt}:${key.toString("hex")}`;
}

const hashOf = async (userId: string): Promise<string> =>
  (await fixture.sql.query("select password from account where user_id = $1", [userId])).rows[0].password;

describe("a password hash of an older kind", () => {
  it("still signs in, and is replaced in today's format without ending anything", async () => {
    const user = await makeAccount({ passwordHash: olderHash(password) });
    const elsewhere = makeBrowser();
    const first = await elsewhere.signIn(user.email);
    expect(first.status).toBe(200);
    expect(await hashOf(user.id)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect((await elsewhere.session()).json.user.id).toBe(user.id);
    const events = await auditEventsOf(first.requestId);
    expect(events.map(({ action, actorId }) => [action, actorId])).toEqual([
      ["session.create", user.id],
      ["password.rehash", user.id],
    ]);
    const replaced = await hashOf(user.id);
    expect((await makeBrowser().signIn(user.email)).status).toBe(200);
    expect(await hashOf(user.id)).toBe(replaced);
  });

  it("with other parameters of argon2id is replaced, too", async () => {
    const { hash } = await import("@node-rs/argon2");
    const weaker = await hash(password, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    const user = await makeAccount({ passwordHash: weaker });
    expect((await makeBrowser().signIn(user.email)).status).toBe(200);
    expect(await hashOf(user.id)).toContain("m=19456,t=2,p=1");
  });

  it("is not replaced by a wrong password", async () => {
    const older = olderHash(password);
    const user = await makeAccount({ passwordHash: older });
    expect((await makeBrowser().signIn(user.email, "not the right password")).status).toBe(401);
    expect(await hashOf(user.id)).toBe(older);
  });
});

describe("a password", () => {
  it("is the same however its characters were typed (NFC)", async () => {
    const { hashPassword } = await import("@/lib/auth/password-hashing");
    const user = await makeAccount({ passwordHash: await hashPassword("Ångström über alles".normalize("NFD")) });
    expect((await makeBrowser().signIn(user.email, "Ångström über alles".normalize("NFC"))).status).toBe(200);
  });
});
