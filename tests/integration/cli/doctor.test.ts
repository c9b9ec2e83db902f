import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkConfiguration } from "@/lib/cli/doctor/check-configuration";
import { checkDatabase } from "@/lib/cli/doctor/check-database";
import { checkRedis } from "@/lib/cli/doctor/check-redis";
import type { Finding } from "@/lib/cli/doctor/finding";
import { createClientAddressWatch } from "@/lib/client-addresses/client-address-watch";
import { readEnv } from "@/lib/config/env";
import { newId } from "@/lib/db/new-id";
import { redisClient } from "@/lib/redis/redis-client";
import { startTestRuntime, type TestRuntime } from "@/tests/support/test-runtime";
import { cliTimeout, createCli } from "./run-cli";

const statusOf = (found: Finding[], check: string) =>
  found.filter((finding) => finding.check === check).map(({ status }) => status);

describe("doctor on the command line", { timeout: cliTimeout }, () => {
  let runtime: TestRuntime;
  let cli: Awaited<ReturnType<typeof createCli>>;

  beforeAll(async () => {
    runtime = await startTestRuntime();
    cli = await createCli(runtime.database);
  });
  afterAll(async () => {
    cli.remove();
    await runtime.stop();
  });

  it("finds nothing wrong with a healthy installation, one line for each check", async () => {
    const { exitCode, stdout } = await cli.run(["doctor"]);

    expect(stdout).not.toContain("✗");
    expect(exitCode).toBe(0);
    for (const check of [
      "versions",
      "client address",
      "secrets",
      "postgres",
      "roles",
      "migrations",
      "clock",
      "audit log",
      "redis",
    ]) {
      expect(stdout).toMatch(new RegExp(`^[✓!] ${check}: `, "m"));
    }
  });

  it("names a proxy that nobody trusts, as it was last seen, with the setting, until that is made", async () => {
    const watch = createClientAddressWatch([]);
    for (let count = 0; count < 6; count += 1) {
      watch.tallies.countRequest();
      const tally = watch.tallies.of("10.0.0.5");
      tally.claimed += 1;
      tally.chain = ["10.0.0.5", "203.0.113.7"];
    }
    await watch.refresh();
    await redisClient.get().del(...(await redisClient.get().keys("{ca}:n:*")));

    const { exitCode, stdout } = await cli.run(["doctor"]);
    const mended = await cli.run(["doctor"], { env: { TRUSTED_PROXIES: "10.0.0.5" } });
    await redisClient.get().del("{ca}:last");

    expect(stdout).toMatch(
      /^✗ client address: .*10\.0\.0\.5 ← 203\.0\.113\.7.*100 % of requests.*TRUSTED_PROXIES=10\.0\.0\.5 /m,
    );
    expect(exitCode).toBe(1);
    expect(mended.exitCode).toBe(0);
  });

  it("names the store that cannot be reached, without a stack", async () => {
    const { exitCode, stdout, stderr } = await cli.run(["doctor"], { env: { REDIS_URL: "redis://127.0.0.1:1" } });

    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^✗ .*127\.0\.0\.1:1.* → /m);
    expect(stdout + stderr).not.toMatch(/^\s+at /m);
  });

  it("names the variable that is not valid", async () => {
    const { exitCode, stdout } = await cli.run(["doctor"], { env: { PORT: "door" } });

    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^✗ environment: PORT: /m);
  });
});

describe("the checks of doctor", () => {
  let runtime: TestRuntime;

  beforeEach(async () => {
    runtime = await startTestRuntime();
  });
  afterEach(() => runtime.stop());

  it("miss a migration that was not applied", async () => {
    await runtime.asSuperuser("delete from _prisma_migrations where migration_name like '%policies'");

    expect(statusOf(await checkDatabase(runtime.database.databaseUrl), "migrations")).toEqual(["failure"]);
  });

  it("notice sessions that ended for an unknown reason and receipts that stay pending", async () => {
    await runtime.asSuperuser(
      `insert into session_history (id, user_id, created_at, expires_at, ended_at, end_reason, method)
       values ($1, $1, now(), now(), now(), 'unknown', 'password')`,
      [newId()],
    );
    await runtime.asSuperuser(
      `insert into revocation_receipt (id, kind, request, actor_type, actor_name, request_id, requested_at)
       values ($1, 'user', '{}', 'cli', 'root', 'r', now() - interval '1 hour')`,
      [newId()],
    );

    const found = await checkDatabase(runtime.database.databaseUrl);

    expect(statusOf(found, "ended sessions")).toEqual(["warning"]);
    expect(statusOf(found, "receipts")).toEqual(["warning"]);
  });

  it("refuse a superuser as run time, and say how to mend it", async () => {
    const found = await checkDatabase(runtime.database.superuserUrl);

    const [roles] = found.filter(({ check }) => check === "roles");
    expect(roles).toMatchObject({ status: "failure", mend: expect.stringContaining("gatehouse_app") });
  });

  it("refuse the tables' owner as run time", async () => {
    expect(statusOf(await checkDatabase(runtime.database.migrateUrl), "roles")).toEqual(["failure"]);
  });

  it("warn where only the role and not the login separates run time from the owner", async () => {
    const separator = runtime.database.superuserUrl.includes("?") ? "&" : "?";
    const url = `${runtime.database.superuserUrl}${separator}options=${encodeURIComponent("-c role=gatehouse_app")}`;

    expect(statusOf(await checkDatabase(url), "roles")).toEqual(["warning"]);
  });

  it("accept the run's Redis", async () => {
    const found = await checkRedis(runtime.database.redisUrl);

    expect(found.map(({ status }) => status)).toEqual(["ok", "ok", "ok"]);
  });

  it("refuse secrets that others can read, and proxies that are everybody", () => {
    const dataDir = mkdtempSync(join(tmpdir(), "gatehouse-doctor-"));
    writeFileSync(join(dataDir, "auth-secret"), "x".repeat(43));
    chmodSync(join(dataDir, "auth-secret"), 0o644);
    const env = readEnv({ NODE_ENV: "test", GATEHOUSE_DATA_DIR: dataDir, TRUSTED_PROXIES: "0.0.0.0/0" });

    const found = checkConfiguration(env);
    rmSync(dataDir, { recursive: true });

    expect(statusOf(found, "secrets")).toEqual(["failure"]);
    expect(statusOf(found, "client address")).toContain("failure");
  });
});
