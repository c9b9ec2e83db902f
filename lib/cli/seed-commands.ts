import type { Command } from "commander";
import { type DemoSeed, seedDemo } from "@/lib/seed/seed-demo";
import { type ScaleProgress, seedScale } from "@/lib/seed/seed-scale";
import { formatDuration, formatNumber } from "@/lib/ui/format";
import { UsageError } from "./cli-failure";
import { formatTable } from "./cli-output";
import { wholeNumber } from "./option-parsers";
import { type CliTools, runCommand } from "./run-command";

/** Adds `seed demo|scale`. */
export function addSeedCommands(program: Command): void {
  const seed = program.command("seed").description("fill an installation with made-up data");
  seed
    .command("demo")
    .description("three tenants with people, sessions and a log, into an empty installation; twice does no harm")
    .action((_options, command: Command) => runCommand(command, demo));
  seed
    .command("scale")
    .description("any number of users and sessions, by COPY; interrupted, it goes on when called again alike")
    .option("--users <n>", "users", wholeNumber, 10_000)
    .option("--sessions <n>", "sessions that are alive (three for each user)", wholeNumber)
    .option("--events <n>", "audit events (two for each user)", wholeNumber)
    .option("--history <n>", "ended sessions (one for every five that are alive)", wholeNumber)
    .option("--tenants <n>", "tenants; the first has three in ten of the users", wholeNumber)
    .action((options: ScaleFlags, command: Command) => runCommand(command, (tools) => scale(tools, options)));
}

type ScaleFlags = { users: number; sessions?: number; events?: number; history?: number; tenants?: number };

async function demo({ output, stores }: CliTools): Promise<void> {
  const seed = await seedDemo(stores);
  output.note(seed.created ? "The demo is in place." : "The demo was in place already; nothing was changed.");
  output.result(seed, () => formatDemoAccounts(seed));
}

/** The demo's accounts with their passwords, as a table. */
export function formatDemoAccounts({ accounts, sharedPassword }: DemoSeed): string {
  const table = formatTable(
    [
      { title: "where", cell: (account) => account.tenantSlug ?? "platform" },
      { title: "role", cell: (account) => account.role },
      { title: "email", cell: (account) => account.email },
      { title: "password", cell: (account) => account.password },
    ],
    accounts,
    "",
  );
  return `${table}\n\nEverybody else signs in with: ${sharedPassword}`;
}

async function scale({ output, stores }: CliTools, flags: ScaleFlags): Promise<void> {
  const { users, sessions = users * 3, events = users * 2 } = flags;
  const { history = Math.floor(sessions / 5), tenants = Math.min(1000, Math.ceil(users / 100)) } = flags;
  if (users < 100) throw new UsageError("--users takes at least 100.");
  if (tenants < 1 || tenants > users / 10)
    throw new UsageError("--tenants takes at least 1, and at most a tenth of the users.");
  const onProgress = (progress: ScaleProgress) => output.progress(formatProgress(progress));
  const options = { users, sessions, events, history, tenants };
  const seed = await seedScale(options, { ...stores, onProgress });
  output.progress(null);
  output.result(seed, () =>
    seed.loadedUsers === 0
      ? "All of it was loaded before; nothing was changed."
      : `Loaded ${formatNumber(seed.loadedUsers)} users with their sessions and events in ${formatDuration(seed.seconds)}.\nThey sign in with: ${seed.password}`,
  );
}

function formatProgress({ users, total, seconds, loaded }: ScaleProgress): string {
  const rate = loaded / Math.max(seconds, 0.001);
  const rest = users === total ? "tidying up" : `about ${formatDuration((total - users) / rate)} left`;
  const percent = Math.floor((users / total) * 100);
  return `${percent} %  ${formatNumber(users)} of ${formatNumber(total)} users with their sessions, ${formatNumber(Math.round(rate))} a second, ${rest}`;
}
