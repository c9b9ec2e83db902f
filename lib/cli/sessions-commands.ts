import { type Command, Option } from "commander";
import type { RequestContext } from "@/lib/operations/request-context";
import { runOperation } from "@/lib/operations/run-operation";
import { listSessions } from "@/lib/sessions/list-sessions";
import { previewRevocation } from "@/lib/sessions/preview-revocation";
import type { Receipt } from "@/lib/sessions/receipt-schemas";
import { revokeSession } from "@/lib/sessions/revoke-session";
import { revokeSessions } from "@/lib/sessions/revoke-sessions";
import { revokeUserSessions } from "@/lib/sessions/revoke-user-sessions";
import type { Session } from "@/lib/sessions/schemas";
import { getTenant } from "@/lib/tenants/get-tenant";
import { UsageError } from "./cli-failure";
import { formatTable, type TableColumn } from "./cli-output";
import { finishReceipt } from "./finish-receipt";
import { relative } from "./format-time";
import { noteNextPage } from "./next-page";
import { pageSize } from "./option-parsers";
import { formatPreview } from "./print-preview";
import { formatReceipt } from "./print-receipt";
import { type CliTools, runCommand } from "./run-command";
import { addSessionFilterOptions, type SessionFilterFlags, toSessionFilter } from "./session-filter-options";

/** Adds `sessions list|revoke`. */
export function addSessionsCommands(program: Command): void {
  const sessions = program.command("sessions").description("list and end sessions");
  addSessionFilterOptions(sessions.command("list").description("list sessions, the newest first"))
    .option("--tenant <slug>", "active in this tenant")
    .option("--status <status>", "active, ended or any")
    .option("--sort <order>", "createdAt, lastSeenAt or expiresAt; a leading minus is descending")
    .option("--limit <n>", "sessions of the page, at most 100", pageSize)
    .option("--cursor <cursor>", "the page after this one")
    .action((options: ListFlags, command: Command) => runCommand(command, (tools) => list(tools, options)));
  addSessionFilterOptions(
    sessions
      .command("revoke")
      .description("end the sessions that match, and print the receipt")
      .option("--session <id>", "this session alone")
      .option("--tenant <slug>", "of this tenant: active in it, or of people at home in it")
      .addOption(new Option("--all", "every session there is").conflicts("tenant")),
  )
    .requiredOption("--reason <text>", "why; kept in the audit log and on the receipt")
    .option("--dry-run", "say what would end, and end nothing")
    .action((options: RevokeFlags, command: Command) => {
      assertMeansSomething(options);
      return runCommand(command, (tools) => revoke(tools, options));
    });
}

type ListFlags = SessionFilterFlags & {
  tenant?: string;
  status?: string;
  sort?: string;
  limit?: number;
  cursor?: string;
};

type RevokeFlags = SessionFilterFlags & {
  session?: string;
  tenant?: string;
  all?: boolean;
  reason: string;
  dryRun?: boolean;
};

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

async function list({ ctx, output }: CliTools, flags: ListFlags): Promise<void> {
  const { tenant, status, sort, limit, cursor } = flags;
  const filter = await toSessionFilter(ctx, flags);
  const page = await runOperation(listSessions, ctx, { ...filter, tenant, status, sort, limit, cursor });
  output.result(page, () => formatTable(columns, page.data, "No sessions match."));
  noteNextPage(output, page.nextCursor);
}

// A flag that was forgotten must not end everything.
function assertMeansSomething({ reason: _, dryRun, session, all, ...filters }: RevokeFlags): void {
  const narrowed = Object.values(filters).some((value) => value !== undefined);
  if (session !== undefined && (narrowed || all || dryRun)) {
    throw new UsageError("--session stands alone: it names one session.");
  }
  if (all && narrowed) throw new UsageError("--all stands alone. Leave it out to end what matches the other flags.");
  if (session === undefined && !all && !narrowed) {
    throw new UsageError("Say what to end: --session, --user, --tenant, --ip, another filter, or --all.");
  }
}

async function revoke(tools: CliTools, flags: RevokeFlags): Promise<void> {
  const ctx = flags.tenant === undefined ? tools.ctx : await inTenant(tools.ctx, flags.tenant);
  const filter = await toSessionFilter(ctx, flags);
  if (flags.dryRun) {
    const preview = await runOperation(previewRevocation, ctx, { filter });
    tools.output.result(preview, () => formatPreview(preview));
    return;
  }
  const started = await start(ctx, flags, filter);
  const receipt = await finishReceipt({ ...tools, ctx }, started);
  tools.output.result(receipt, () => formatReceipt(receipt));
}

async function start(ctx: RequestContext, { session, reason }: RevokeFlags, filter: object): Promise<Receipt> {
  if (session !== undefined) return runOperation(revokeSession, ctx, { sessionId: session, reason });
  const [[field, userId] = [], ...more] = Object.entries(filter);
  if (field === "userId" && more.length === 0) return runOperation(revokeUserSessions, ctx, { userId, reason });
  // Nobody looks at the preview in between: what has begun since is meant as well.
  const { previewToken } = await runOperation(previewRevocation, ctx, { filter });
  return runOperation(revokeSessions, ctx, { filter, previewToken, includeNew: true, reason });
}

async function inTenant(ctx: RequestContext, slug: string): Promise<RequestContext> {
  const tenant = await runOperation(getTenant, ctx, { tenantSlug: slug });
  return { ...ctx, scope: { kind: "tenant", tenantId: tenant.id, tenantSlug: tenant.slug } };
}
