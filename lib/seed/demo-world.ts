import type { DemoHome, DemoUser } from "./demo-people";
import type { Random } from "./random";
import type { AuditEventRow, CapturedMailRow, ReceiptRow, SessionHistoryRow, SessionRow } from "./seed-rows";

/** What everything in the demo is made from: one reproducible stream, and the moment that counts as now. */
export type DemoWorld = { random: Random /** Epoch milliseconds. */; now: number };

/** A session that is alive, and when it was last used (epoch milliseconds). */
export type LiveSession = { row: SessionRow; lastSeenAt: number };

/** Locks, as they stand in the user's row. Times are epoch milliseconds. */
export type DemoLock = { at: number; until: number | null; reason: string };

/** The demo as it is gathered, before it is written. */
export type DemoData = {
  homes: DemoHome[];
  users: DemoUser[];
  /** By user id. */
  locks: Map<string, DemoLock>;
  /** By user id: from when to when (epoch milliseconds) no session of theirs can have lived. */
  closed: Map<string, { from: number; to: number }[]>;
  sessions: LiveSession[];
  history: SessionHistoryRow[];
  receipts: ReceiptRow[];
  events: AuditEventRow[];
  mails: CapturedMailRow[];
};
