import { type Command, Option } from "commander";
import { runOperation } from "@/lib/operations/run-operation";
import { listSessions } from "@/lib/sessions/list-sessions";
import { revokeSession } from "@/lib/sessions/revoke-session";
import { revokeUserSessions } from "@/lib/sessions/revoke-user-sessions";
import type { Receipt, Session } from "@/lib/sessions/schemas";
import { UsageError } from "./cli-failure";
import { formatTable, type TableColumn } from "./cli-output";
import { findUser } from "./find-user";
import { finishReceipt } from "./finish-receipt";
import { relative } from "./format-time";
import { noteNextPage } from "./next-page";
import { pageSize } from "./option-parsers";
import { formatReceipt } from "./print-receipt";
import { type CliTools, runCommand } from "./run-command";

/** Adds `sessions list|revoke`. */
export function addSessionsCommands(program: Command): void {
  const sessions = program.command("sessions").description("list and end sessions");
  sessions
    .command("list")
    .description("list sessions, the newest first")
    .option("--user <user>", "of this user: id or e-mail address")
    .option("--search <text>", "part of the user's address or name")
    .option("--tenant <slug>", "active in this tenant")
    .option("--ip <address>", "an address or a CIDR range")
    .option("--status <status>", "active, ended or any")
    .option("--limit <n>", "sessions of the page, at most 100", pageSize)
    .option("--cursor <cursor>", "the page after this one")
    .action((options: ListFlags, command: Command) => runCommand(command, (tools) => list(tools, options)));
  sessions
    .command("revoke")
    .description("end one session, or every session of a user, and print the receipt")
    .addOption(new Option("--session <id>", "this session").conflicts("user"))
    .addOption(new Option("--user <user>", "every session of this user: id or e-mail address"))
    .requiredOption("--reason <text>", "why; kept in the audit log and on the receipt")
    .action((options: RevokeFlags, command: Command) => {
      if (options.session === undefined && options.user === undefined) {
        throw new UsageError("Say what to end: --session ID or --user ID_OR_EMAIL.");
      }
      return runCommand(command, (tools) => revoke(tools, options));
    });
}

type ListFlags = { user?: string };
type RevokeFlags = { session?: string; user?: string; reason: string };

const columns: TableColumn<Session>[] = [
  { title: "user", cell: (session) => session.user.email ?? session.user.id },
  { title: "status", cell: (session) => session.endReason ?? session.status },
  { title: "signed in", cell: (session) => relative(session.createdAt) },
  { title: "last seen", cell: (session) => relative(session.lastSeenAt) },
  { title: "browser", cell: (session) => session.browser },
  { title: "system", cell: (session) => session.os },
  { title: "address", cell: (session) => session.ipAddress },
  { title: "country", cell: (session) => session.country },
  { title: "id", cell: (session) => session.id },
];

async function list({ ctx, output }: CliTools, { user, ...filters }: ListFlags): Promise<void> {
  const userId = user === undefined ? undefined : (await findUser(ctx, user)).id;
  const page = await runOperation(listSessions, ctx, { ...filters, userId });
  output.result(page, () => formatTable(columns, page.data, "No sessions match."));
  noteNextPage(output, page.nextCursor);
}

async function revoke(tools: CliTools, { session, user, reason }: RevokeFlags): Promise<void> {
  const started = await start(tools, { session, user, reason });
  const receipt = await finishReceipt(tools, started);
  tools.output.result(receipt, () => formatReceipt(receipt));
}

async function start({ ctx }: CliTools, { session, user, reason }: RevokeFlags): Promise<Receipt> {
  if (user === undefined) return runOperation(revokeSession, ctx, { sessionId: session, reason });
  const { id } = await findUser(ctx, user);
  return runOperation(revokeUserSessions, ctx, { userId: id, reason });
}
