import type { Client } from "pg";
import { copyRows } from "./copy-rows";
import { asPlatform } from "./seed-clients";
import type { AuditEventRow } from "./seed-rows";

/**
 * Adds made-up events to the log, in a transaction of its own. Row-level security refuses `COPY` into the log to
 * everybody, so a temporary table takes the rows and hands them on. Events that are there already are passed over:
 * a load that was interrupted repeats them.
 */
export async function appendAuditEvents(app: Client, events: Iterable<AuditEventRow>): Promise<void> {
  await asPlatform(app, async () => {
    await app.query("set local statement_timeout = 0");
    await app.query(
      `create temporary table incoming_event on commit drop as select ${columns} from audit_event with no data`,
    );
    await copyRows(app, "incoming_event", events);
    await app.query(
      `insert into audit_event (${columns}) select ${columns} from incoming_event on conflict do nothing`,
    );
  });
}

const columns = `id, at, tenant_id, action, outcome, actor_type, actor_id, actor_name, target_type, target_id, target_name, reason,
  changes, details, request_id, client_address, user_agent, source`;
