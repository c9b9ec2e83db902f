import type { Pool } from "pg";
import { runtimePart } from "@/lib/config/runtime";

/** Connections of the login role by which the settings are read; a process without them keeps to the catalogue. */
export const limitSettingsPool = runtimePart<Pool>("limit-settings-pool");

/** What Postgres says about limits; milliseconds are what was left when it was asked. */
export type StoredSettings = {
  rules: { rule: string; limit: number; windowSeconds: number; mode: string }[];
  blocks: { id: string; dimension: string; subject: string; milliseconds: number }[];
  exemptions: { id: string; network: string | null; userId: string | null; milliseconds: number }[];
};

/** The settings, or null for them where they still are those of `knownVersion`. Rejects when Postgres does not answer. */
export async function findLimitSettings(
  pool: Pool,
  knownVersion: string | null,
): Promise<{ version: string; settings: StoredSettings | null }> {
  const { rows } = await pool.query<{ version: string; settings: StoredSettings | null }>(
    "select version::text, settings from gatehouse.find_limit_settings($1::bigint)",
    [knownVersion],
  );
  const [row] = rows;
  if (!row) throw new Error("The settings of rate limits have no version.");
  return row;
}
