import type { Command } from "commander";
import { unlockSignIn } from "@/lib/account-lockout/unlock-sign-in";
import { runOperation } from "@/lib/operations/run-operation";
import { listUsers } from "@/lib/users/list-users";
import { lockUser } from "@/lib/users/lock-user";
import type { User, UserDetail } from "@/lib/users/schemas";
import { unlockUser } from "@/lib/users/unlock-user";
import { formatDocument, formatTable, type TableColumn } from "./cli-output";
import { findUser } from "./find-user";
import { finishReceiptsOf } from "./finish-receipt";
import { exact, relative } from "./format-time";
import { noteNextPage } from "./next-page";
import { pageSize } from "./option-parsers";
import { runCommand } from "./run-command";

/** Adds `users list|show|lock|unlock|unlock-sign-in`. */
export function addUsersCommands(program: Command): void {
  const users = program.command("users").description("find, lock and unlock users");
  users
    .command("list")
    .description("list users, the newest first")
    .option("--search <text>", "part of the address or name")
    .option("--status <status>", "active, locked or invited")
    .option("--tenant <slug>", "members of this tenant")
    .option("--sort <order>", "createdAt, email or name; a leading minus is descending")
    .option("--limit <n>", "users of the page, at most 100", pageSize)
    .option("--cursor <cursor>", "the page after this one")
    .action((options, command: Command) => list(options, command));
  users
    .command("show")
    .description("show one user")
    .argument("<user>", "id or e-mail address")
    .action((user: string, _options, command: Command) => show(user, command));
  users
    .command("lock")
    .description("lock a user out and end all their sessions")
    .argument("<user>", "id or e-mail address")
    .requiredOption("--reason <text>", "why; kept in the audit log")
    .option("--until <time>", "when the lock runs out by itself, such as 2030-01-31T12:00:00Z")
    .action((user: string, options, command: Command) => lock(user, options, command));
  users
    .command("unlock")
    .description("let a locked user sign in again")
    .argument("<user>", "id or e-mail address")
    .option("--reason <text>", "why; kept in the audit log")
    .action((user: string, options, command: Command) => unlock(user, options, command));
  users
    .command("unlock-sign-in")
    .description("forget somebody's failed sign-ins and lift the lock that they made")
    .argument("<user>", "id or e-mail address")
    .option("--reason <text>", "why; kept in the audit log")
    .action((user: string, options, command: Command) => forgetFailedSignIns(user, options, command));
}

const columns: TableColumn<User>[] = [
  { title: "email", cell: (user) => user.email },
  { title: "name", cell: (user) => user.name },
  { title: "status", cell: (user) => user.status },
  { title: "home", cell: (user) => user.homeTenant?.slug ?? null },
  { title: "last seen", cell: (user) => relative(user.lastSeenAt) },
  { title: "created", cell: (user) => relative(user.createdAt) },
  { title: "id", cell: (user) => user.id },
];

function list(options: object, command: Command): Promise<void> {
  return runCommand(command, async ({ ctx, output }) => {
    const page = await runOperation(listUsers, ctx, options);
    output.result(page, () => formatTable(columns, page.data, "No users match."));
    noteNextPage(output, page.nextCursor);
  });
}

function show(idOrEmail: string, command: Command): Promise<void> {
  return runCommand(command, async ({ ctx, output }) => {
    const user = await findUser(ctx, idOrEmail);
    output.result(user, () => formatUser(user));
  });
}

function lock(idOrEmail: string, options: object, command: Command): Promise<void> {
  return runCommand(command, async (tools) => {
    const { id } = await findUser(tools.ctx, idOrEmail);
    const user = await runOperation(lockUser, tools.ctx, { ...options, userId: id });
    await finishReceiptsOf(tools, id);
    tools.output.result(user, () => formatUser(user));
  });
}

function unlock(idOrEmail: string, options: object, command: Command): Promise<void> {
  return runCommand(command, async ({ ctx, output }) => {
    const { id } = await findUser(ctx, idOrEmail);
    const user = await runOperation(unlockUser, ctx, { ...options, userId: id });
    output.result(user, () => formatUser(user));
  });
}

function forgetFailedSignIns(idOrEmail: string, options: object, command: Command): Promise<void> {
  return runCommand(command, async ({ ctx, output }) => {
    const { id } = await findUser(ctx, idOrEmail);
    const user = await runOperation(unlockSignIn, ctx, { ...options, userId: id });
    output.result(user, () => formatUser(user));
  });
}

function formatUser(user: UserDetail): string {
  const { count, capped } = user.activeSessions;
  return formatDocument(`${user.name} <${user.email}>`, [
    ["Id", user.id],
    ["Status", user.status],
    ["Locked", exact(user.lockedAt)],
    ["Locked until", exact(user.lockedUntil)],
    ["Why locked", user.lockedReason],
    ["Failed sign-ins", formatSignInLock(user.signInLock)],
    [
      "Home tenant",
      user.homeTenant ? `${user.homeTenant.name} (${user.homeTenant.slug})` : "none: managed by the platform",
    ],
    ["Platform roles", user.roles.map((role) => role.name).join(", ") || "none"],
    ...user.memberships.map(
      ({ tenant, roles }) =>
        [`Member of ${tenant.slug}`, roles.map((role) => role.name).join(", ") || "no role"] as const,
    ),
    ["Active sessions", `${count}${capped ? "+" : ""}`],
    ["Last seen", exact(user.lastSeenAt) ?? "never"],
    ["Created", exact(user.createdAt)],
  ]);
}

function formatSignInLock(lock: UserDetail["signInLock"]): string | null {
  if (!lock) return null;
  const counts = `${lock.failures} in a row, and ${lock.deviceFailures} from known browsers`;
  if (lock.lockedForGood) return `${counts}: locked until unlocked`;
  return lock.lockedUntil === null ? counts : `${counts}: locked until ${exact(lock.lockedUntil)}`;
}
