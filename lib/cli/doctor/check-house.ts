import type { Client } from "pg";
import { type Finding, findings, sentenceOf } from "./finding";

const audit = findings("audit log");
const sessions = findings("ended sessions");
const receipts = findings("receipts");

/** What the house-keeping should have done: partitions ahead, reasons known, receipts complete. */
export async function checkHouse(client: Client): Promise<Finding[]> {
  await client.query("begin read only");
  try {
    await client.query("set local role gatehouse_platform");
    return [await checkPartitions(client), await checkEndReasons(client), await checkReceipts(client)];
  } catch (error) {
    const said = `the log, the history and the receipts cannot be read: ${sentenceOf(error)}`;
    return [audit.failure(said, "let run time be gatehouse_app, which may take on gatehouse_platform")];
  } finally {
    await client.query("rollback");
  }
}

/** Whole months for which the log has a partition beyond this one; fewer than this is worth a word. */
const monthsWanted = 1;

async function checkPartitions(client: Client): Promise<Finding> {
  const { rows } = await client.query<{ ahead: string }>(`
    select count(*) filter (where to_char(now() at time zone 'UTC', '"audit_event_"YYYY_MM') < c.relname) as ahead
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'public.audit_event'::regclass and c.relname ~ '^audit_event_[0-9]{4}_[0-9]{2}$'`);
  const ahead = Number(rows[0]?.ahead ?? 0);
  if (ahead < monthsWanted) {
    return audit.warning(
      `there are partitions for ${ahead} months ahead`,
      "restart an instance: the start creates them, and so does its worker every day",
    );
  }
  return audit.ok(`there are partitions for ${ahead} months ahead`);
}

async function checkEndReasons(client: Client): Promise<Finding> {
  const { rows } = await client.query<{ unknown: string }>(`
    select count(*) as unknown from (
      select from session_history where ended_at > now() - interval '30 days' and end_reason = 'unknown' limit 1000
    ) as found`);
  const unknown = Number(rows[0]?.unknown ?? 0);
  if (unknown === 0) return sessions.ok("all of the last 30 days have a reason");
  return sessions.warning(
    `${unknown === 1000 ? "1,000 or more" : unknown} of the last 30 days ended for an unknown reason`,
    "somebody deletes sessions in the database by hand; if not, report it as a defect",
  );
}

async function checkReceipts(client: Client): Promise<Finding> {
  const { rows } = await client.query<{ pending: string; oldest: string | null }>(`
    select count(*) as pending, min(requested_at)::text as oldest from (
      select requested_at from revocation_receipt
      where requested_at > now() - interval '30 days' and requested_at < now() - interval '2 minutes'
        and (completed_at is null or redis_status = 'pending')
      limit 1000
    ) as found`);
  const pending = Number(rows[0]?.pending ?? 0);
  if (pending === 0) return receipts.ok("none has been pending for longer than two minutes");
  return receipts.warning(
    `${pending} pending, the oldest since ${rows[0]?.oldest}`,
    "start an instance whose worker is on, and check that Redis can be reached: the worker completes them",
  );
}
