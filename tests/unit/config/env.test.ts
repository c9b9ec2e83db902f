import { describe, expect, it } from "vitest";
import { isConfigurationError } from "@/lib/config/configuration-error";
import { readEnv } from "@/lib/config/env";

const secret = "Zx3vQ8mN1pLr7TyK5wBd9HsJ2fGc4aEu";
const databaseUrl = "postgresql://app:pw@db.example:5432/gatehouse";

function refusalOf(values: Record<string, string>) {
  try {
    readEnv(values);
  } catch (error) {
    if (isConfigurationError(error)) return error;
    throw error;
  }
  return null;
}

describe("readEnv", () => {
  it("needs nothing: every variable has its default", () => {
    const env = readEnv({});
    expect(env).toMatchObject({
      port: 3000,
      host: "127.0.0.1",
      gatehouseUrl: "http://localhost:3000",
      dataDir: `${process.cwd()}/.data`,
      trustedProxies: [],
      logLevel: "info",
      production: false,
    });
    expect([env.databaseUrl, env.redisUrl, env.smtpUrl, env.owner, env.betterAuthSecret]).toEqual(
      new Array(5).fill(undefined),
    );
  });

  it("takes an empty variable as absent", () => {
    expect(readEnv({ PORT: "", DATABASE_URL: " ", LOG_LEVEL: "" })).toMatchObject({
      port: 3000,
      logLevel: "info",
    });
  });

  it("follows PORT in the public address, unless GATEHOUSE_URL names another", () => {
    expect(readEnv({ PORT: "4100" }).gatehouseUrl).toBe("http://localhost:4100");
    expect(readEnv({ PORT: "4100", GATEHOUSE_URL: "https://ID.example.com/" }).gatehouseUrl).toBe(
      "https://id.example.com",
    );
  });

  it.each([
    ["PORT", "http"],
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["PORT", "3000.5"],
    ["HOST", "not a host"],
    ["GATEHOUSE_URL", "id.example.com"],
    ["GATEHOUSE_URL", "ftp://id.example.com"],
    ["GATEHOUSE_URL", "https://id.example.com/base"],
    ["DATABASE_URL", "mysql://db/gatehouse"],
    ["DATABASE_URL", "postgresql://db:5432"],
    ["DATABASE_REPLICA_URL", "replica"],
    ["REDIS_URL", "http://cache:6379"],
    ["REDIS_URL", "redis+cluster://"],
    ["REDIS_URL", "redis+cluster://a:1,b"],
    ["REDIS_URL", "redis+cluster://a:0"],
    ["REDIS_URL", "redis+cluster://a:7000/1"],
    ["REDIS_URL", "redis+sentinel://a:26379"],
    ["REDIS_URL", "redis+sentinel://a:99999?name=main"],
    ["REDIS_URL", "redis+sentinel://%zz:x@a?name=main"],
    ["BETTER_AUTH_SECRET", "short"],
    ["BETTER_AUTH_SECRET", "a".repeat(64)],
    ["GATEHOUSE_OWNER_EMAIL", "nobody"],
    ["TRUSTED_PROXIES", "10.0.0.0/33"],
    ["TRUSTED_PROXIES", "proxy.example"],
    ["TRUSTED_PROXIES", "10.0.0.0/8/8"],
    ["SMTP_URL", "mail.example"],
    ["MAIL_FROM", "Gatehouse"],
    ["LOG_LEVEL", "loud"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"],
    ["METRICS_TOKEN", "short"],
  ])("refuses %s=%s, naming the variable and the mend", (name, value) => {
    const refusal = refusalOf({ [name]: value });
    expect(refusal?.subject).toBe(name);
    expect(refusal?.mend).toMatch(/^(?:set it to|name the database)/);
    expect(refusal?.message).toContain(name);
  });

  it.each([
    "redis://cache:6379",
    "rediss://user:pw@cache:6380/2",
    "redis+cluster://a:7000,b:7001",
    "redis+cluster://u:p@[::1]:7000",
    "redis+cluster://a:7000,b:7001/",
    "redis+sentinel://a,b:26380/0?name=main",
  ])("accepts REDIS_URL=%s", (value) => {
    expect(readEnv({ REDIS_URL: value }).redisUrl).toBe(value);
  });

  it("reads addresses and CIDRs of both families", () => {
    const env = readEnv({ TRUSTED_PROXIES: "10.0.0.0/8, 192.0.2.1  fd00::/8" });
    expect(env.trustedProxies).toEqual(["10.0.0.0/8", "192.0.2.1", "fd00::/8"]);
  });

  it.each([
    ["10.0.0.1, proxy", '"proxy" is no address'],
    ["10.0.0.0/33", '"10.0.0.0/33" has no prefix between /0 and /32'],
    ["fd00::/129", '"fd00::/129" has no prefix between /0 and /128'],
    ["::ffff:10.0.0.5", "write it as IPv4"],
    ["fe80::1%eth0", "names a network interface"],
  ])("says which entry of TRUSTED_PROXIES is wrong, and why: %s", (value, said) => {
    expect(refusalOf({ TRUSTED_PROXIES: value })?.message).toContain(said);
  });

  it("wants the first owner's address and password together", () => {
    expect(refusalOf({ GATEHOUSE_OWNER_EMAIL: "a@example.com" })?.subject).toBe("GATEHOUSE_OWNER_PASSWORD");
    expect(refusalOf({ GATEHOUSE_OWNER_PASSWORD: "long enough for it" })?.subject).toBe("GATEHOUSE_OWNER_EMAIL");
    const both = { GATEHOUSE_OWNER_EMAIL: "a@example.com", GATEHOUSE_OWNER_PASSWORD: "long enough for it" };
    expect(readEnv(both).owner).toEqual({ email: "a@example.com", password: "long enough for it" });
  });

  it("wants a sender with SMTP_URL, and DATABASE_URL with DATABASE_MIGRATE_URL", () => {
    expect(refusalOf({ SMTP_URL: "smtp://mail.example" })?.subject).toBe("MAIL_FROM");
    expect(refusalOf({ DATABASE_MIGRATE_URL: databaseUrl })?.subject).toBe("DATABASE_URL");
  });

  it("never repeats a secret in a refusal", () => {
    const password = "hunter2-hunter2";
    expect(refusalOf({ DATABASE_URL: `mysql://root:${password}@db/x` })?.message).not.toContain(password);
    expect(refusalOf({ METRICS_TOKEN: "tiny-secret" })?.message).not.toContain("tiny-secret");
  });
});

describe("BETTER_AUTH_SECRET", () => {
  it("is required where the operator said NODE_ENV=production and named a database", () => {
    const production = { NODE_ENV: "production", DATABASE_URL: databaseUrl };
    expect(refusalOf(production)?.subject).toBe("BETTER_AUTH_SECRET");
    expect(readEnv({ ...production, BETTER_AUTH_SECRET: secret })).toMatchObject({
      production: true,
      betterAuthSecret: secret,
    });
  });

  it.each([
    ["on the embedded database", { NODE_ENV: "production" }],
    ["outside production", { NODE_ENV: "development", DATABASE_URL: databaseUrl }],
    [
      "where only Next runs in production mode",
      { NODE_ENV: "production", GATEHOUSE_USER_NODE_ENV: "unset", DATABASE_URL: databaseUrl },
    ],
  ])("may be absent %s", (_when, values) => {
    expect(refusalOf(values)).toBeNull();
  });
});
