import type { ScopedTx } from "@/lib/db/scoped-transaction";

/** A role that a user holds somewhere; the tenant is null for a role of the platform. */
export type RoleSomewhere = {
  userId: string;
  tenantId: string | null;
  scope: "platform" | "tenant";
  roleId: string;
  key: string;
  rank: number;
  builtIn: boolean;
  permissions: string[];
};

/** Every role that these users hold anywhere. Needs the platform's scope. */
export async function findRolesEverywhere(tx: ScopedTx, userIds: string[]): Promise<RoleSomewhere[]> {
  return tx.$queryRaw<RoleSomewhere[]>`
    select held.user_id::text as "userId", held.tenant_id::text as "tenantId", r.scope, r.id::text as "roleId", r.key, r.rank,
      r.built_in as "builtIn", r.permissions
    from (
      select a.user_id, null::uuid as tenant_id, a.role_id from platform_role_assignment a where a.user_id = any(${userIds}::uuid[])
      union all
      select m.user_id, m.tenant_id, mr.role_id from membership m join membership_role mr on mr.membership_id = m.id
      where m.user_id = any(${userIds}::uuid[])
    ) held join role r on r.id = held.role_id`;
}

/** Whether the current tenant manages this account. Needs a tenant's scope. */
export async function isManagedHere(tx: ScopedTx, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<{ managed: boolean }[]>`select gatehouse.manages_user(${userId}::uuid) as managed`;
  return rows[0]?.managed ?? false;
}

type NewImpersonation = {
  ownSessionId: string;
  /** Hash of a token that nobody is given. */
  parkedTokenHash: string;
  userId: string;
  sessionId: string;
  tokenHash: string;
  seconds: number;
};

/** Puts the administrator's session aside and makes the other one. Throws GH002, GH003 and GH007 of the database. */
export async function insertImpersonation(
  tx: ScopedTx,
  started: NewImpersonation,
): Promise<{ expiresAt: Date; formerTokenHash: string }> {
  const { ownSessionId, parkedTokenHash, userId, sessionId, tokenHash, seconds } = started;
  const rows = await tx.$queryRaw<{ expiresAt: Date; formerTokenHash: string }[]>`
    select expires_at as "expiresAt", former_token_hash as "formerTokenHash" from gatehouse.start_impersonation(
      ${ownSessionId}::uuid, ${parkedTokenHash}, ${userId}::uuid, ${sessionId}::uuid, ${tokenHash}, ${seconds}::int)`;
  if (!rows[0]) throw new Error("An impersonation began and left no trace.");
  return rows[0];
}

/** Ends an impersonation and gives the administrator's session a token again; null where there is none any more. */
export async function removeImpersonation(
  tx: ScopedTx,
  { sessionId, tokenHash }: { sessionId: string; tokenHash: string },
): Promise<{ expiresAt: Date; rememberMe: boolean } | null> {
  const rows = await tx.$queryRaw<{ expiresAt: Date; rememberMe: boolean }[]>`
    select expires_at as "expiresAt", remember_me as "rememberMe"
    from gatehouse.stop_impersonation(${sessionId}::uuid, ${tokenHash})`;
  return rows[0] ?? null;
}
