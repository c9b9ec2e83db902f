import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { trustedContext } from "@/lib/operations/trusted-context";
import { createFirstOwner, createOwner } from "@/lib/platform/create-owner";
import { issueSetupLink } from "@/lib/platform/setup-link";
import { auditEventsAbout } from "../../support/factories";
import { type AuthFixture, makeBrowser, origin, password, startAuthFixture } from "./auth-fixture";

let fixture: AuthFixture;
const ctx = trustedContext("cli", "root");

beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());
beforeEach(() => fixture.sql.query("truncate platform_role_assignment"));

let made = 0;
const someone = () => {
  made += 1;
  return { email: `owner-${made}@example.com`, name: "Ada Ömer", password };
};

async function issueToken(): Promise<string> {
  const link = await issueSetupLink({ gatehouseUrl: origin });
  return new URL(link ?? "").searchParams.get("token") ?? "";
}

const owners = async () =>
  (await fixture.sql.query('select u.email from "user" u join platform_role_assignment on user_id = u.id')).rows.map(
    ({ email }) => email,
  );

const setUp = (body: object) => makeBrowser().send("/set-up", { body });

describe("the set-up link", () => {
  it("makes the first owner, who can sign in, with one event", async () => {
    const owner = someone();
    const answer = await setUp({ token: await issueToken(), ...owner });
    expect([answer.status, answer.json.email]).toEqual([201, owner.email]);
    expect(await owners()).toEqual([owner.email]);
    expect((await makeBrowser().signIn(owner.email)).status).toBe(200);
    expect((await auditEventsAbout(answer.json.id)).map(({ action, source }) => [action, source])).toEqual([
      ["platform.set-up", "auth"],
      ["session.create", "auth"],
    ]);
  });

  it("works once: of many at the same time, one wins", async () => {
    const token = await issueToken();
    const answers = await Promise.all(Array.from({ length: 5 }, () => setUp({ token, ...someone() })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(await owners()).toHaveLength(1);
    expect((await setUp({ token, ...someone() })).status).toBe(409);
  });

  it("is kept as a hash, replaced by the next one, and dead after a day", async () => {
    const replaced = await issueToken();
    const token = await issueToken();
    const { rows } = await fixture.sql.query("select p::text as text from platform p");
    expect(rows[0].text).not.toContain(token);
    expect((await setUp({ token: replaced, ...someone() })).json).toMatchObject({
      status: 400,
      errors: [{ path: "token" }],
    });
    await fixture.sql.query("update platform set setup_expires_at = now() - interval '1 second'");
    expect((await setUp({ token, ...someone() })).status).toBe(400);
    expect(await owners()).toEqual([]);
  });

  it("is not issued once there is an owner", async () => {
    await createOwner(ctx, someone());
    expect(await issueSetupLink({ gatehouseUrl: origin })).toBeNull();
  });

  it("holds the owner's password and address to the rules, and is not used up by a refusal", async () => {
    const token = await issueToken();
    for (const [change, path] of [
      [{ password: "short" }, "password"],
      [{ email: "nobody" }, "email"],
      [{ name: "" }, "name"],
      [{ roles: [] }, ""],
    ] as const) {
      expect((await setUp({ token, ...someone(), ...change })).json).toMatchObject({ status: 400, errors: [{ path }] });
    }
    expect((await setUp({ token, ...someone() })).status).toBe(201);
  });
});

describe("an owner from the environment", () => {
  it("is made when there is none, and only then, also by instances that start together", async () => {
    const owner = someone();
    const results = await Promise.all([createFirstOwner(ctx, owner), createFirstOwner(ctx, owner)]);
    expect(results.filter((result) => result !== null)).toHaveLength(1);
    expect(await createFirstOwner(ctx, someone())).toBeNull();
    expect(await owners()).toEqual([owner.email]);
  });
});

describe("an owner from the command line", () => {
  it("may be another one; an address that exists is refused", async () => {
    const owner = someone();
    await createOwner(ctx, someone());
    await createOwner(ctx, owner);
    expect(await owners()).toHaveLength(2);
    await expect(createOwner(ctx, { ...owner, email: owner.email.toUpperCase() })).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });
});
