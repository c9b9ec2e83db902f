import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { administratorRankMin, sessionLimits } from "@/lib/sessions/session-limits";
import type { RoleLimit, SessionLimitValues } from "./limit-schemas";
import { findLimitableRoles, findLimits, type LimitableRole, type LimitRow } from "./role-limits-repository";
import type { EffectivePolicy } from "./schemas";
import { atMost } from "./strictest-policy";

/** Says nothing about a role. */
export const noLimits: SessionLimitValues = {
  sessionIdleSeconds: null,
  sessionAbsoluteSeconds: null,
  concurrentSessionsMax: null,
};

/** The limits of the built-in roles of a scope (null: the platform) and of those that have some; `also` names more roles. */
export async function readRoleLimits(
  tx: ScopedTx,
  { tenantId, policy, also = [] }: { tenantId: string | null; policy: EffectivePolicy; also?: readonly string[] },
): Promise<RoleLimit[]> {
  const stated = await findLimits(tx, tenantId);
  const roles = await findLimitableRoles(tx, tenantId, [...also, ...stated.map(({ roleId }) => roleId)]);
  return roles.map((role) => toRoleLimit(role, { stated, tenantId, policy }));
}

type Circumstances = { stated: LimitRow[]; tenantId: string | null; policy: EffectivePolicy };

function toRoleLimit(role: LimitableRole, { stated, tenantId, policy }: Circumstances): RoleLimit {
  const { rank, ...named } = role;
  const platform = said(stated, { roleId: role.id, tenantId: null });
  const own = tenantId === null ? platform : said(stated, { roleId: role.id, tenantId });
  const bounds = [policy, platform, own, ...(administers(role) ? [administratorLimits] : [])];
  return { role: named, own, platform, effective: bounds.reduce(strictest, noLimits) };
}

function said(stated: LimitRow[], wanted: { roleId: string; tenantId: string | null }): SessionLimitValues {
  const row = stated.find(({ roleId, tenantId }) => roleId === wanted.roleId && tenantId === wanted.tenantId);
  if (!row) return noLimits;
  const { sessionIdleSeconds, sessionAbsoluteSeconds, concurrentSessionsMax } = row;
  return { sessionIdleSeconds, sessionAbsoluteSeconds, concurrentSessionsMax };
}

function strictest(one: SessionLimitValues, other: SessionLimitValues): SessionLimitValues {
  return {
    sessionIdleSeconds: atMost(one.sessionIdleSeconds, other.sessionIdleSeconds),
    sessionAbsoluteSeconds: atMost(one.sessionAbsoluteSeconds, other.sessionAbsoluteSeconds),
    concurrentSessionsMax: atMost(one.concurrentSessionsMax, other.concurrentSessionsMax),
  };
}

function administers({ scope, rank }: LimitableRole): boolean {
  return scope === "platform" || rank >= administratorRankMin;
}

const forAdministrators = sessionLimits({ isAdministrator: true, rememberMe: true });
const administratorLimits: SessionLimitValues = {
  sessionIdleSeconds: forAdministrators.idleSeconds,
  sessionAbsoluteSeconds: forAdministrators.absoluteSeconds,
  concurrentSessionsMax: null,
};
