import type { Command } from "commander";
import { listAuditEvents } from "@/lib/audit/list-audit-events";
import type { AuditEvent } from "@/lib/audit/schemas";
import { runOperation } from "@/lib/operations/run-operation";
import { formatTable, type TableColumn } from "./cli-output";
import { relative } from "./format-time";
import { noteNextPage } from "./next-page";
import { pageSize } from "./option-parsers";
import { runCommand } from "./run-command";

/** Adds `audit list`. */
export function addAuditCommands(program: Command): void {
  program
    .command("audit")
    .description("read the audit log")
    .command("list")
    .description("list events, the newest first; reading the log is itself recorded")
    .option("--actor <id>", "who acted")
    .option("--action <action>", "such as session.revoke")
    .option("--target <id>", "what was acted upon")
    .option("--outcome <outcome>", "success, denied or failure")
    .option("--ip <address>", "an address or a CIDR range")
    .option("--request-id <id>", "everything of one request")
    .option("--search <text>", "part of the action, a name or the reason")
    .option("--from <time>", "not before, such as 2030-01-31T12:00:00Z")
    .option("--to <time>", "before")
    .option("--limit <n>", "events of the page, at most 100", pageSize)
    .option("--cursor <cursor>", "the page after this one")
    .action((options: object, command: Command) => list(options, command));
}

const columns: TableColumn<AuditEvent>[] = [
  { title: "when", cell: (event) => relative(event.at) },
  { title: "action", cell: (event) => event.action },
  { title: "outcome", cell: (event) => event.outcome },
  {
    title: "actor",
    cell: (event) => (event.actor.type === "user" ? event.actor.name : `${event.actor.name} (${event.actor.type})`),
  },
  { title: "target", cell: (event) => event.target?.name ?? event.target?.id ?? null },
  { title: "from", cell: (event) => event.clientAddress },
  { title: "reason", cell: (event) => event.reason },
  { title: "id", cell: (event) => event.id },
];

function list(options: object, command: Command): Promise<void> {
  return runCommand(command, async ({ ctx, output }) => {
    const page = await runOperation(listAuditEvents, ctx, options);
    output.result(page, () => formatTable(columns, page.data, "No events match."));
    noteNextPage(output, page.nextCursor);
  });
}
