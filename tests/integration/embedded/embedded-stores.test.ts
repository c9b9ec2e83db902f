import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isConfigurationError } from "@/lib/config/configuration-error";
import { type Stores, stopUnusedStores } from "@/lib/embedded/embedded-stores";
import { stopAndRemove } from "../../support/test-stores";
import {
  acquire,
  ask,
  copyInstallation,
  holdInOtherProcess,
  isServing,
  makeInstallation,
  serverPids,
} from "./stores-fixture";

let installation: string;
let dataDir: string;
const held: Stores[] = [];

async function hold(): Promise<Stores> {
  const stores = await acquire(dataDir);
  held.push(stores);
  return stores;
}

async function refusalOf(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!isConfigurationError(error)) throw new Error("It was not refused in words.", { cause: error });
  return error;
}

beforeAll(async () => {
  installation = await makeInstallation();
});

afterAll(() => stopAndRemove(installation));

beforeEach(() => {
  dataDir = copyInstallation(installation);
});

afterEach(async () => {
  await Promise.all(held.splice(0).map((stores) => stores.release()));
  await stopAndRemove(dataDir);
});

describe("embedded stores in use by several", () => {
  it("are joined by a second user, and stop when the last one has gone", async () => {
    const first = await hold();
    const second = await hold();
    expect(second.superuserUrl).toBe(first.superuserUrl);
    expect(second.redisUrl).toBe(first.redisUrl);
    await first.release();
    await first.release();
    expect(await isServing(second)).toBe(true);
    await second.release();
    expect(await isServing(second)).toBe(false);
  });

  it("are shared with another process, and outlive whichever of the two leaves first", async () => {
    const other = await holdInOtherProcess(dataDir);
    const mine = await hold();
    const ended = once(other, "exit");
    other.disconnect();
    await ended;
    expect(await isServing(mine)).toBe(true);
  });

  it("are started once by several who come at the same time", async () => {
    const all = await Promise.all([hold(), hold(), hold()]);
    expect(new Set(all.map(({ superuserUrl }) => superuserUrl)).size).toBe(1);
    expect(readdirSync(join(dataDir, "leases"))).toHaveLength(3);
  });

  it("keep their data and their ports from one start to the next", async () => {
    const before = await hold();
    await ask(before.migrateUrl, "create table kept as select 42 as answer");
    await before.release();
    const after = await hold();
    expect(after.migrateUrl).toBe(before.migrateUrl);
    expect(await ask(after.migrateUrl, "select answer from kept")).toEqual([{ answer: 42 }]);
  });
});

describe("embedded stores after a crash", () => {
  it("come back with what was committed after Postgres was killed", async () => {
    const before = await hold();
    await ask(before.migrateUrl, "create table kept as select 42 as answer");
    process.kill((await serverPids(dataDir, before)).postgres, "SIGKILL");
    const after = await hold();
    expect(await ask(after.migrateUrl, "select answer from kept")).toEqual([{ answer: 42 }]);
  });

  it("come back after Redis was killed", async () => {
    const before = await hold();
    process.kill((await serverPids(dataDir, before)).redis, "SIGKILL");
    expect(await isServing(await hold())).toBe(true);
  });

  it("are adopted from a holder that was killed, whose lease no longer counts", async () => {
    const other = await holdInOtherProcess(dataDir);
    const ended = once(other, "exit");
    other.kill("SIGKILL");
    await ended;
    const mine = await hold();
    expect(await isServing(mine)).toBe(true);
    expect(readdirSync(join(dataDir, "leases"))).toHaveLength(1);
    await mine.release();
    expect(await isServing(mine)).toBe(false);
  });

  it("are stopped by the start-up script after their only holder was killed", async () => {
    const other = await holdInOtherProcess(dataDir);
    const stores = await hold();
    await stores.release();
    const ended = once(other, "exit");
    other.kill("SIGKILL");
    await ended;
    expect(await stopUnusedStores(dataDir)).toBe(true);
    expect(await isServing(stores)).toBe(false);
  });

  it("start although a killed process left its lock behind", async () => {
    writeFileSync(join(dataDir, "stores.lock"), "999999999:1");
    expect(await isServing(await hold())).toBe(true);
  });

  it("start although the process id in a stale postmaster.pid belongs to somebody else now", async () => {
    await (await hold()).release();
    writeFileSync(
      join(dataDir, "postgres", "postmaster.pid"),
      `${process.pid}\n${dataDir}\n1\n1\n\n127.0.0.1\n\nready\n`,
    );
    expect(await isServing(await hold())).toBe(true);
  });
});

describe("the embedded Postgres", () => {
  it("keeps its passwords and data for its owner's eyes only, and listens on loopback alone", async () => {
    const { superuserUrl = "" } = await hold();
    expect(statSync(join(dataDir, "store-credentials.json")).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, "redis", "redis.conf")).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, "postgres")).mode & 0o777).toBe(0o700);
    const [settings] = await ask(
      superuserUrl,
      "select current_setting('listen_addresses') as listens, current_setting('unix_socket_directories') as sockets",
    );
    expect(settings).toEqual({ listens: "127.0.0.1", sockets: "" });
  });

  it("gives its owner neither superuser rights nor a way around row security", async () => {
    const { migrateUrl } = await hold();
    const sql = "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user";
    expect(await ask(migrateUrl, sql)).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: true },
    ]);
  });

  it("lets its owner create the extensions that the migrations use, and knows letters of all languages", async () => {
    const { migrateUrl } = await hold();
    await ask(migrateUrl, "create extension pg_trgm; create extension citext; create extension btree_gin");
    const [found] = await ask(
      migrateUrl,
      "select lower('ÄŁΩЖ') as lower, array_length(show_trgm('жук'), 1) as trigrams",
    );
    expect(found).toEqual({ lower: "äłωж", trigrams: 4 });
  });

  it("refuses the data directory of another version, says what to do, and leaves it as it is", async () => {
    writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "13\n");
    const before = readdirSync(join(dataDir, "postgres"));
    const refusal = await refusalOf(acquire(dataDir));
    expect(refusal.message).toMatch(/made by Postgres 13, and the embedded one is Postgres \d+; nothing was changed/);
    expect(refusal.mend).toContain("DATABASE_URL");
    expect(readdirSync(join(dataDir, "postgres"))).toEqual(before);
  });

  it("tells of a wrong password, and is stopped again", async () => {
    await (await hold()).release();
    const path = join(dataDir, "store-credentials.json");
    const right = readFileSync(path, "utf8");
    writeFileSync(path, JSON.stringify(fakeCredentials("y")));
    expect((await refusalOf(acquire(dataDir))).message).toContain("refuses the password in store-credentials.json");
    writeFileSync(path, right);
    expect(await isServing(await hold())).toBe(true);
  });

  it("does not make new passwords beside an old database", async () => {
    rmSync(join(dataDir, "store-credentials.json"));
    expect((await refusalOf(acquire(dataDir))).message).toContain("passwords of the embedded Postgres are missing");
  });
});

describe("stores that the operator names", () => {
  it("are told apart as unreachable, with the variable and the address but no password", async () => {
    const refusal = await refusalOf(acquire(dataDir, { databaseUrl: "postgresql://app:s3cret@127.0.0.1:1/gatehouse" }));
    expect(refusal.message).toMatch(/^DATABASE_URL: no Postgres can be reached at 127\.0\.0\.1:1 \(ECONNREFUSED\)/);
    expect(refusal.message).not.toContain("s3cret");
    expect((await refusalOf(acquire(dataDir, { redisUrl: "redis://:s3cret@127.0.0.1:1" }))).message).toMatch(
      /^REDIS_URL: no Redis can be reached/,
    );
  });

  it("are told of a wrong password and of a missing database", async () => {
    const { migrateUrl, redisUrl } = await hold();
    const wrong = new URL(migrateUrl);
    wrong.password = "wrong";
    expect((await refusalOf(acquire(dataDir, { databaseUrl: wrong.href }))).message).toContain(
      "refuses the password of the user gatehouse_owner",
    );
    const absent = new URL(migrateUrl);
    absent.pathname = "/absent";
    expect((await refusalOf(acquire(dataDir, { databaseUrl: absent.href }))).message).toContain(
      "has no database absent",
    );
    const wrongRedis = new URL(redisUrl);
    wrongRedis.password = "wrong";
    expect((await refusalOf(acquire(dataDir, { redisUrl: wrongRedis.href }))).message).toContain(
      "refuses the user or password",
    );
  });

  it("replace the embedded ones, every connection under the run-time role unless the login has it", async () => {
    const embedded = await hold();
    const named = { databaseUrl: embedded.migrateUrl, redisUrl: embedded.redisUrl };
    const stores = await acquire(`${dataDir}/unused`, named);
    expect(stores).toMatchObject({ migrateUrl: embedded.migrateUrl, redisUrl: embedded.redisUrl });
    expect(stores.databaseUrl).toBe(`${embedded.migrateUrl}?options=-c%20role%3Dgatehouse_app`);
    const twoLogins = await acquire(`${dataDir}/unused`, {
      ...named,
      databaseUrl: embedded.databaseUrl,
      databaseMigrateUrl: embedded.migrateUrl,
    });
    expect(twoLogins.databaseUrl).toBe(embedded.databaseUrl);
    expect(readdirSync(dataDir)).not.toContain("unused");
  });
});

function fakeCredentials(letter: string) {
  const password = letter.repeat(32);
  return { superuserPassword: password, ownerPassword: password, appPassword: password, redisPassword: password };
}
