import { type BuiltInRole, builtInRoles } from "@/lib/authorization/built-in-roles";
import { allPermissions, permissions } from "@/lib/authorization/permissions";
import type { Operation } from "@/lib/operations/define-operation";

/** The page docs/permissions.md: who may do what, from the catalogue, the built-in roles and the operations. */
export function buildPermissionsPage(operations: readonly Operation[]): string {
  return [
    "# Permissions",
    "",
    "Generated from the code; `npx vitest run --project architecture -u` rewrites it.",
    "",
    ...scopeSection("platform"),
    ...scopeSection("tenant"),
    "## Operations",
    "",
    "| Operation | What it does | Scope | Permission | Leaves |",
    "|---|---|---|---|---|",
    ...[...operations].sort((a, b) => (a.name < b.name ? -1 : 1)).map(operationLine),
    "",
  ].join("\n");
}

function scopeSection(scope: BuiltInRole["scope"]): string[] {
  const roles: readonly BuiltInRole[] = builtInRoles.filter((role) => role.scope === scope);
  const cells = (permission: (typeof allPermissions)[number]) =>
    roles.map((role) => (role.permissions.includes(permission) ? "yes" : "–")).join(" | ");
  const listed = allPermissions.filter((permission) => includes(permissions[permission].scopes, scope));
  return [
    `## In the ${scope}'s scope`,
    "",
    `| Permission | What it allows | ${roles.map((role) => `${role.name} (${role.rank})`).join(" | ")} |`,
    `|---|---|${roles.map(() => "---").join("|")}|`,
    ...listed.map((permission) => `| \`${permission}\` | ${permissions[permission].summary} | ${cells(permission)} |`),
    "",
  ];
}

function operationLine(operation: Operation): string {
  const event = operation.kind === "command" ? operation.audit : operation.audit?.action;
  const permission = operation.permission
    ? `\`${operation.permission}\`${operation.stepUp ? ", fresh proof" : ""}`
    : "–";
  return `| \`${operation.name}\` | ${operation.summary} | ${operation.scope} | ${permission} | ${event ? `\`${event}\`` : "–"} |`;
}

function includes(scopes: readonly string[], scope: string): boolean {
  return scopes.includes(scope);
}
