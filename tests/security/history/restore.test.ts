import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withDatabase } from "@/tests/support/copied-database";
import { connectTo } from "@/tests/support/database-fixtures";
import { type Bed, openBed } from "./bed";
import { oneOf, someAddress } from "./clients/chance";
import { revocationOf, revoke } from "./clients/revocation-ways";
import { check } from "./clients/uses";
import type { Held } from "./clients/world";
import { historySize } from "./history-size";

let bed: Bed;
beforeAll(async () => {
  bed = await openBed({ instances: 1 });
}, historySize.patience);
afterAll(() => bed?.close());

test(
  "a database restored from a backup by the steps of the runbook revives nobody",
  async () => {
    const [ended, alive] = [await someSession(), await someSession()];
    expect([await answer(ended), await answer(alive)]).toEqual(["accepted", "accepted"]);
    await stopped(() => copyDatabase("gatehouse_backup", "gatehouse"));

    await revoke(bed.driving, 0, { way: "revoke-user", ...revocationOf(ended.person) });
    const later = await someSession();
    expect([await answer(ended), await answer(later)]).toEqual(["refused", "accepted"]);

    await stopped(async () => {
      await copyDatabase("gatehouse", "gatehouse_backup");
      // What the step is for: by the backup alone the ended session would be alive.
      expect(await isAliveInDatabase(ended)).toBe(true);
      for (const command of runbookCommands()) await run(command);
    });
    expect([await answer(ended), await answer(alive), await answer(later)]).toEqual(["refused", "refused", "refused"]);
  },
  historySize.patience,
);

async function someSession(): Promise<Held> {
  const { people, seed } = bed.driving.world;
  const [held] = await seed([{ person: oneOf(people), tenantId: null, address: someAddress() }]);
  if (!held) throw new Error("No session was made.");
  return held;
}

const answer = (held: Held) => check(bed.driving, held, 0);

// No instance may be connected while a database is copied, nor run before the steps are done.
async function stopped(work: () => Promise<void>): Promise<void> {
  await bed.instances.kill(0);
  await work();
  await bed.instances.restart(0);
  await bed.driving.world.renewOperators();
}

async function copyDatabase(to: string, from: string): Promise<void> {
  const client = await connectTo(withDatabase(bed.stores.superuserUrl, "postgres"));
  try {
    await client.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [from]);
    await client.query(`drop database if exists ${to} with (force)`);
    await client.query(`create database ${to} owner gatehouse_owner template ${from}`);
  } finally {
    await client.end();
  }
}

async function isAliveInDatabase({ cookie }: Held): Promise<boolean> {
  const token = decodeURIComponent(cookie.slice(cookie.indexOf("=") + 1)).split(".")[0] ?? "";
  const tokenHash = createHash("sha256").update(token).digest("hex");
  const rows = await bed.stores.asSuperuser("select from gatehouse.check_session($1)", [tokenHash]);
  return rows.length > 0;
}

/** The commands of the runbook's section on a restore, in their order, as they stand there. */
function runbookCommands(): string[][] {
  const runbook = readFileSync("docs/runbook.md", "utf8");
  const section = runbook.split("## After a restore from backup")[1]?.split("\n## ")[0] ?? "";
  const commands = [...section.matchAll(/^npm run gatehouse -- (.+)$/gm)].map(([, words = ""]) => words.split(" "));
  if (commands.length === 0) throw new Error("The runbook names no command for a restore.");
  return commands;
}

async function run(command: string[]): Promise<void> {
  await promisify(execFile)(process.execPath, ["dist/gatehouse.mjs", ...command], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: "test",
      DATABASE_URL: bed.stores.databaseUrl,
      DATABASE_MIGRATE_URL: bed.stores.migrateUrl,
      REDIS_URL: bed.stores.redisUrl,
      BETTER_AUTH_SECRET: bed.secret,
    },
  });
}
