import type { AuditChanges } from "@/lib/audit/audit-events";
import { isId } from "@/lib/db/new-id";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { AppError, type FieldError } from "@/lib/errors/app-error";
import type { RoleLimit, RoleLimitsInput } from "./limit-schemas";
import { readRoleLimits } from "./read-role-limits";
import { type LimitRow, limitedRolesMax, saveLimit } from "./role-limits-repository";
import type { EffectivePolicy } from "./schemas";
import { atMost } from "./strictest-policy";

const fields = ["sessionIdleSeconds", "sessionAbsoluteSeconds", "concurrentSessionsMax"] as const;

/** What is asked of the limits of roles in a scope (null: the platform), and the platform's own rules. */
export type RoleLimitsRequest = { tenantId: string | null; wanted: RoleLimitsInput; platform: EffectivePolicy };

/** A change of one role's limits that is acceptable: what the scope will say, and the change in words of the log. */
export type RoleLimitChange = { row: LimitRow; changes: AuditChanges };

/**
 * What the wanted limits change. Throws `INVALID_INPUT` naming each entry that names no role of the scope, or is looser
 * than what the platform says about the role.
 */
export async function planRoleLimits(
  tx: ScopedTx,
  { tenantId, wanted, platform }: RoleLimitsRequest,
): Promise<RoleLimitChange[]> {
  const ids = wanted.map(({ roleId }) => roleId).filter(isId);
  const known = await readRoleLimits(tx, { tenantId, policy: platform, also: ids });
  const errors: FieldError[] = [];
  const planned = wanted.flatMap((entry, index) => {
    const limit = known.find(({ role }) => role.id === entry.roleId.toLowerCase());
    if (!limit) errors.push({ path: `roleLimits.${index}.roleId`, message: "Names no role of this scope." });
    else if (tenantId !== null) errors.push(...tooLoose(limit, { entry, index, platform }));
    return limit ? [toChange(limit, { entry, tenantId })] : [];
  });
  if (errors.length > 0) {
    throw new AppError("INVALID_INPUT", "Some fields are not acceptable. Correct them and try again.", { errors });
  }
  return planned.filter(({ changes }) => Object.keys(changes).length > 0);
}

/** Writes planned changes. Throws `CONFLICT` where more roles would have limits than a scope may have. */
export async function saveRoleLimits(
  tx: ScopedTx,
  tenantId: string | null,
  planned: readonly RoleLimitChange[],
): Promise<void> {
  for (const { row } of planned) await saveLimit(tx, row);
  const stated = planned.length === 0 ? 0 : await tx.roleSessionLimit.count({ where: { tenantId } });
  if (stated <= limitedRolesMax) return;
  throw new AppError(
    "CONFLICT",
    `At most ${limitedRolesMax} roles may have limits of their own. Take some back first.`,
  );
}

type Entry = RoleLimitsInput[number];

function tooLoose(
  { platform: said }: RoleLimit,
  { entry, index, platform }: { entry: Entry; index: number; platform: EffectivePolicy },
): FieldError[] {
  return fields.flatMap((field) => {
    const [value, bound] = [entry[field] ?? null, atMost(platform[field], said[field])];
    if (value === null || bound === null || value <= bound) return [];
    return [{ path: `roleLimits.${index}.${field}`, message: `The platform allows at most ${bound}.` }];
  });
}

function toChange(
  { role, own }: RoleLimit,
  { entry, tenantId }: { entry: Entry; tenantId: string | null },
): RoleLimitChange {
  // On the platform a tenant's built-in role bears the same key as one of its own.
  const name = tenantId === null && role.scope === "tenant" ? `tenant:${role.key}` : role.key;
  const named = fields.filter((field) => entry[field] !== undefined && entry[field] !== own[field]);
  return {
    row: {
      tenantId,
      roleId: role.id,
      ...own,
      ...Object.fromEntries(named.map((field) => [field, entry[field]])),
    },
    changes: Object.fromEntries(
      named.map((field) => [`roleLimits.${name}.${field}`, { before: own[field], after: entry[field] }]),
    ),
  };
}
