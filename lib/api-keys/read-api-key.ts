import { isId } from "@/lib/db/new-id";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { notFound } from "@/lib/errors/app-error";
import { type ApiKeyRow, findById, lockById } from "./repository";
import type { ApiKey } from "./schemas";
import { toApiKey } from "./to-api-key";

/** One key of the caller's scope. Throws `NOT_FOUND`. */
export async function readApiKey(tx: ScopedTx, keyId: string): Promise<ApiKey> {
  const row = isId(keyId) ? await findById(tx, keyId) : null;
  if (!row) throw notFound("API key");
  return toApiKey(row);
}

/** The row of one key, held against other changes until the transaction ends. Throws `NOT_FOUND`. */
export async function lockApiKey(tx: ScopedTx, keyId: string): Promise<ApiKeyRow> {
  const row = isId(keyId) ? await lockById(tx, keyId) : null;
  if (!row) throw notFound("API key");
  return row;
}
