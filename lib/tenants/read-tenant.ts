import { notFound } from "@/lib/errors/app-error";
import type { OperationTools } from "@/lib/operations/define-operation";
import { countAliveSessionsOfTenant } from "@/lib/sessions/count-alive-sessions";
import { countMembers, findBySlug, lockBySlug, type TenantRow } from "./repository";
import type { TenantDetail } from "./schemas";
import { countMax, toCapped, toTenant } from "./to-tenant";

type Reader = Pick<OperationTools<never>, "tx">;

/** The row of one tenant. Throws `NOT_FOUND`. */
export async function readTenantRow({ tx }: Reader, slug: string): Promise<TenantRow> {
  const row = await findBySlug(tx, slug);
  if (!row) throw notFound("tenant");
  return row;
}

/** As `readTenantRow`, and holds the row against other changes until the transaction ends. */
export async function lockTenantRow(tools: Reader, slug: string): Promise<TenantRow> {
  if (!(await lockBySlug(tools.tx, slug))) throw notFound("tenant");
  return readTenantRow(tools, slug);
}

/** One tenant with the number of its members and of the sessions that a suspension would end. Throws `NOT_FOUND`. */
export async function readTenantDetail(tools: Reader, slug: string): Promise<TenantDetail> {
  const row = await readTenantRow(tools, slug);
  const members = await countMembers(tools.tx, [row.id], countMax + 1);
  const sessions = await countAliveSessionsOfTenant(tools.tx, row.id, countMax + 1);
  return { ...toTenant(row, members.get(row.id) ?? 0), activeSessions: toCapped(sessions) };
}
