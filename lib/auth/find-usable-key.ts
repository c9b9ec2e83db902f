import { sessionPool } from "@/lib/sessions/session-store";

/** A key that opens something, as far as the key itself goes. */
export type UsableKey = {
  id: string;
  name: string;
  ownerId: string;
  /** The tenant it is for; null: the platform. */
  tenant: { id: string; slug: string } | null;
  permissions: string[];
  /** Whether the policies of the platform and of the key's tenant admit the address it is used from. */
  addressIsAllowed: boolean;
};

/** The key with this hash, unless it has run out or been revoked, or its owner is locked. Throws what the driver throws. */
export async function findUsableKey(secretHash: string, clientAddress: string | null): Promise<UsableKey | null> {
  const { rows } = await sessionPool.get().query<KeyRow>(
    `select id, name, owner_id, tenant_id, tenant_slug, permissions, address_is_allowed
     from gatehouse.check_api_key($1, $2)`,
    [secretHash, clientAddress],
  );
  return rows[0] ? toUsableKey(rows[0]) : null;
}

/** Says that a key was used; kept by the database at most once a minute. */
export async function noteKeyUse(keyId: string, clientAddress: string | null): Promise<void> {
  await sessionPool.get().query("select gatehouse.note_api_key_use($1::uuid, $2)", [keyId, clientAddress]);
}

type KeyRow = {
  id: string;
  name: string;
  owner_id: string;
  tenant_id: string | null;
  tenant_slug: string | null;
  permissions: string[];
  address_is_allowed: boolean;
};

function toUsableKey(row: KeyRow): UsableKey {
  const { id, name, owner_id: ownerId, tenant_id: tenantId, tenant_slug: slug, permissions } = row;
  const tenant = tenantId === null ? null : { id: tenantId, slug: slug ?? "" };
  return { id, name, ownerId, permissions, tenant, addressIsAllowed: row.address_is_allowed };
}
