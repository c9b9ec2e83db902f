import { hashApiKey, isApiKey } from "@/lib/api-keys/api-key-secret";
import { keyPermissionsOf } from "@/lib/api-keys/key-permissions";
import type { Permission } from "@/lib/authorization/permissions";
import { AppError, notFound } from "@/lib/errors/app-error";
import { logger } from "@/lib/observability/logger";
import type { Actor, Grants, RequestContext } from "@/lib/operations/request-context";
import { findUsableKey, noteKeyUse, type UsableKey } from "./find-usable-key";
import { askPostgres } from "./kept-under-version";
import { loadGrants } from "./load-grants";
import { assertAdmitted, resolveTenant } from "./resolve-scope";

type KeyFacts = { bearer: string; tenantSlug: string | undefined; clientAddress: string | null };
type KeyCaller = Pick<RequestContext, "scope" | "actor" | "grants">;

/**
 * The caller behind a key, with what both the key and its owner allow at this moment: nothing of it is cached. Throws
 * `UNAUTHENTICATED` for a key that opens nothing, `NOT_FOUND` outside of the tenant that a key is for, `FORBIDDEN`
 * while that tenant is closed, and `UNAVAILABLE`.
 */
export async function authenticateKey({ bearer, tenantSlug, clientAddress }: KeyFacts): Promise<KeyCaller> {
  const key = isApiKey(bearer) ? await askPostgres(() => findUsableKey(hashApiKey(bearer), clientAddress)) : null;
  if (!key) throw refused();
  if (key.tenant && key.tenant.slug !== tenantSlug) throw notFound(tenantSlug === undefined ? "page" : "tenant");
  if (!key.addressIsAllowed) throw new AppError("FORBIDDEN", "This API key is not accepted from this address.");
  const scope = await toScope(key, tenantSlug);
  const owner = await loadGrants({ userId: key.ownerId, tenantId: key.tenant?.id ?? null, version: null });
  if (owner.roles.length === 0) throw refused();
  await noteUse(key.id, clientAddress);
  const actor: Actor = { type: "api_key", id: key.id, name: key.name, ownerId: key.ownerId };
  return { scope, actor, grants: toKeyGrants(key, owner, scope.kind) };
}

type KeyScope = Exclude<RequestContext["scope"], { kind: "none" }>;

async function toScope(key: UsableKey, tenantSlug: string | undefined): Promise<KeyScope> {
  if (tenantSlug === undefined) return { kind: "platform" };
  const tenant = await resolveTenant(tenantSlug, { userId: key.ownerId, version: null });
  const owner = await loadGrants({ userId: key.ownerId, tenantId: tenant.id, version: null });
  assertAdmitted(tenant, owner);
  return { kind: "tenant", tenantId: tenant.id, tenantSlug: tenant.slug };
}

function toKeyGrants(key: UsableKey, owner: Grants, scope: KeyScope["kind"]): Grants {
  const allowed = new Set<string>(key.permissions);
  const both = (names: readonly Permission[]) =>
    new Set(names.filter((name) => allowed.has(name) && owner.permissions.has(name)));
  return {
    permissions: both(keyPermissionsOf(scope)),
    // A tenant's key stays the tenant's, whatever else its owner is.
    platformPermissions: key.tenant ? new Set() : both(keyPermissionsOf("platform")),
    roles: [],
    rank: owner.rank,
    isOwner: false,
  };
}

// Sparsely: a busy key must not cost a write a request. That a use could not be noted refuses nobody.
const noted = new Map<string, number>();
const notedMax = 10_000;
const noteEveryMilliseconds = 60_000;

async function noteUse(keyId: string, clientAddress: string | null): Promise<void> {
  const now = Date.now();
  if (now - (noted.get(keyId) ?? 0) < noteEveryMilliseconds) return;
  if (noted.size >= notedMax) noted.clear();
  noted.set(keyId, now);
  await noteKeyUse(keyId, clientAddress).catch((error: unknown) =>
    logger.get().warn({ err: error, keyId }, "the use of an API key could not be noted"),
  );
}

function refused(): AppError {
  return new AppError("UNAUTHENTICATED", "This API key opens nothing: it is unknown, has run out or was revoked.");
}
