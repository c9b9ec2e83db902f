import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { normalizeAddress } from "@/lib/http/client-address";
import { type Charge, decide } from "@/lib/rate-limits/decide";
import { ruleCatalogue } from "@/lib/rate-limits/rule-catalogue";
import { redisClient } from "@/lib/redis/redis-client";
import { type AuthFixture, makeBrowser, startAuthFixture } from "@/tests/integration/auth/auth-fixture";
import { until } from "@/tests/support/until";

let fixture: AuthFixture;
beforeAll(async () => {
  fixture = await startAuthFixture();
});
afterAll(() => fixture.stop());

const { limit } = ruleCatalogue["sign-in-address"];
const account = () => `${randomBytes(8).toString("hex")}@example.com`;

async function admittedFrom(addresses: readonly string[], subjects: () => string): Promise<number> {
  const decisions = await Promise.all(
    addresses.map((address) => {
      const charges: Charge[] = [
        { rule: "sign-in-address", subject: address },
        { rule: "sign-in-account", subject: subjects() },
      ];
      return decide(charges, { tenantId: null, path: "/sign-in/email", address });
    }),
  );
  return decisions.filter(({ allowed }) => allowed).length;
}

describe("an attacker", () => {
  it("with a thousand IPv4 addresses gets no more attempts at one account than with one", async () => {
    const addresses = Array.from({ length: 1_000 }, (_, index) => `10.66.${index >> 8}.${index & 255}`);
    const victim = account();
    expect(await admittedFrom(addresses, () => victim)).toBe(ruleCatalogue["sign-in-account"].limit);
  });

  it("with a whole IPv6 /64 gets no more attempts than one address, at whichever accounts", async () => {
    const part = () => randomBytes(2).toString("hex");
    const addresses = Array.from({ length: 500 }, () => `2001:db8:aa:bb:${part()}:${part()}:${part()}:${part()}`);
    expect(await admittedFrom(addresses, account)).toBe(limit);
    expect(await admittedFrom(["2001:db8:aa:bc::1"], account)).toBe(1);
  });

  it("gains nothing by the spelling of an address, as it comes or as our server writes it", async () => {
    const aliases = [
      "2001:db8:0:9:0:0:0:1",
      "2001:0DB8:0000:0009:0000:0000:0000:0001",
      "2001:db8:0:9::1",
      "2001:DB8:0:9::0.0.0.1",
      "2001:db8:0:9::1%eth0",
      "2001:db8::9:0:0:0:2",
    ];
    const many = Array.from({ length: 10 }, () => aliases).flat();
    expect(await admittedFrom(many, account)).toBe(limit);
    const normalized = many.map((alias) => normalizeAddress(alias) ?? "");
    expect(await admittedFrom(normalized, account)).toBe(0);
  });

  it("gains nothing by writing an IPv4 address as IPv6, and shares nothing with others who do", async () => {
    const mapped = ["198.51.100.7", "::ffff:198.51.100.7", "::FFFF:c633:6407", "0:0:0:0:0:ffff:c633:6407"];
    expect(await admittedFrom(Array.from({ length: 10 }, () => mapped).flat(), account)).toBe(limit);
    expect(await admittedFrom(["::ffff:198.51.100.8"], account)).toBe(1);
  });

  it("gains nothing by the spelling of a path, nor by the headers of a proxy", async () => {
    await fixture.sql.query(
      `insert into rate_limit_rule (rule, limit_count, window_seconds, updated_by_type, updated_by_name)
       values ('auth-address', 5, 3600, 'user', 'Somebody')`,
    );
    const facts = { tenantId: null, path: null, address: null };
    await until(
      async () => (await decide([{ rule: "auth-address", subject: "192.0.2.250" }], facts)).limit === 5,
      10_000,
    );
    const browser = makeBrowser();
    for (let turn = 0; turn < 5; turn += 1) expect((await browser.session()).status).toBe(200);
    const refused = await browser.session();
    expect(refused.status).toBe(429);
    expect(refused.json).toMatchObject({ code: "RATE_LIMITED" });
    const seconds = Number(refused.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(0);
    expect(refused.headers.get("ratelimit")).toBe(`"auth-address";r=0;t=${seconds}`);
    expect(refused.headers.get("ratelimit-policy")).toBe('"auth-address";q=5;w=3600');
    const before = await buckets();
    for (const path of [
      "//get-session",
      "/get-session/",
      "/GET-SESSION",
      "/%67et-session",
      "/get-session//",
      "/./get-session",
      "/ok",
      "/none",
    ])
      expect([404, 429]).toContain((await browser.send(path)).status);
    for (const name of ["x-forwarded-for", "forwarded", "x-real-ip", "cf-connecting-ip"])
      expect((await browser.send("/get-session", { headers: { [name]: "203.0.113.9" } })).status).toBe(429);
    expect(await buckets()).toBe(before);
    expect((await makeBrowser().session()).status).toBe(200);
  });

  it("cannot put everybody into one bucket: a request without an address is counted against nobody", async () => {
    const nowhere = makeBrowser();
    for (let turn = 0; turn < 12; turn += 1) {
      const headers = { "x-gatehouse-client-address": null };
      expect((await nowhere.send("/get-session", { headers })).status).toBe(200);
    }
  });
});

/** Counters of the rule about the sign-in endpoints. */
async function buckets(): Promise<number> {
  return (await redisClient.get().keys("{rl}:an:*")).length;
}
