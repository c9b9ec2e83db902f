import type { Client } from "pg";
import { hashPassword } from "@/lib/auth/password-hashing";
import { AppError } from "@/lib/errors/app-error";
import { appendAuditEvents } from "./append-audit-events";
import { copyRows } from "./copy-rows";
import { type DemoAccount, demoAccounts, demoSharedPassword } from "./demo-accounts";
import { inventDemo } from "./demo-data";
import { type DemoLimits, inventLimits } from "./demo-limits";
import * as rows from "./demo-rows";
import type { DemoData } from "./demo-world";
import { loadTransaction } from "./load-transaction";
import { type SeedClients, type SeedUrls, withSeedClients } from "./seed-clients";

/** What `seedDemo` did, and how to sign in. */
export type DemoSeed = {
  /** False when the demo was there already. */
  created: boolean;
  accounts: readonly DemoAccount[];
  /** Everybody else's password. */
  sharedPassword: string;
};

const tables = [
  "tenant",
  "user",
  "account",
  "membership",
  "membership_role",
  "platform_role_assignment",
  "session",
  "session_activity",
  "user_activity",
  "session_history",
  "revocation_receipt",
  "captured_mail",
  "rate_limit_tally",
  "rate_limit_tenant_tally",
  "rate_limit_exemption",
];

/**
 * Fills an empty installation with the demo; does nothing where that has been done, also when two try at once. Throws
 * `CONFLICT` where anybody else's data is.
 */
export async function seedDemo(urls: SeedUrls): Promise<DemoSeed> {
  const created = await withSeedClients(urls, async (clients) => (await isEmpty(clients.app)) && (await fill(clients)));
  return { created, accounts: demoAccounts, sharedPassword: demoSharedPassword };
}

async function fill({ owner, app }: SeedClients): Promise<boolean> {
  const now = Date.now();
  const data = inventDemo(now);
  const hashes = await hashPasswords();
  const platform = await app.query<{ session_epoch: number }>("select session_epoch from platform");
  const platformEpoch = platform.rows[0]?.session_epoch ?? 0;
  const filled = await loadTransaction(owner, tables, async () => {
    // The locks of the load let one of two through; the other finds the work done.
    if (!(await isEmpty(owner))) return false;
    await load(owner, data, { platformEpoch, hashOf: (password) => hashes.get(password ?? demoSharedPassword) ?? "" });
    await loadLimits(owner, inventLimits(now, data));
    await appendAuditEvents(app, data.events);
    return true;
  });
  if (filled) await owner.query(`analyze ${tables.map((table) => owner.escapeIdentifier(table)).join(", ")}`);
  return filled;
}

async function isEmpty(client: Client): Promise<boolean> {
  const found = await client.query<{ someone: boolean; demo: boolean }>(
    'select exists (select from "user") as someone, exists (select from "user" where email = $1) as demo',
    [demoAccounts[0]?.email],
  );
  const [row] = found.rows;
  if (row?.someone && !row.demo) {
    throw new AppError(
      "CONFLICT",
      "There are users here already, and the demo needs an empty installation. `npm run up -- --demo` makes one of its own.",
    );
  }
  return !row?.someone;
}

async function hashPasswords(): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const password of [demoSharedPassword, ...demoAccounts.map((account) => account.password)]) {
    hashes.set(password, await hashPassword(password));
  }
  return hashes;
}

async function loadLimits(owner: Client, { tallies, tenantTallies, exemptions }: DemoLimits): Promise<void> {
  await copyRows(owner, "rate_limit_tally", tallies);
  await copyRows(owner, "rate_limit_tenant_tally", tenantTallies);
  await copyRows(owner, "rate_limit_exemption", exemptions);
}

type LoadOptions = { platformEpoch: number; hashOf: (password: string | null) => string };

async function load(owner: Client, data: DemoData, { platformEpoch, hashOf }: LoadOptions): Promise<void> {
  const sessions = data.sessions.map(({ row }) => ({ ...row, platformEpoch }));
  await copyRows(owner, "tenant", rows.toTenantRows(data));
  await copyRows(owner, "user", rows.toUserRows(data));
  await copyRows(owner, "account", rows.toAccountRows(data, hashOf));
  await copyRows(owner, "membership", rows.toMembershipRows(data));
  await copyRows(owner, "membership_role", rows.toMembershipRoleRows(data));
  await copyRows(owner, "platform_role_assignment", rows.toPlatformRoleRows(data));
  await copyRows(owner, "session", sessions);
  await copyRows(owner, "session_activity", rows.toSessionActivityRows(data));
  await copyRows(owner, "user_activity", rows.toUserActivityRows(data));
  await copyRows(owner, "session_history", data.history);
  await copyRows(owner, "revocation_receipt", data.receipts);
  await copyRows(owner, "captured_mail", data.mails);
}
