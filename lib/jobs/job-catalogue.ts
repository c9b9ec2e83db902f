/** The closed list of background tasks and what each is given. The database refuses to queue any other. */
export type JobPayloads = {
  /** Moves the rows behind a committed revocation into the history and completes its receipt. */
  "finish-revocation": { receiptId: string };
  /** Shortens the sessions that exist to a rule that has become stricter; null: to the platform's. */
  "tighten-sessions": { tenantId: string | null };
};

/** Tasks that the clock queues, not an operation, and when (UTC, in crontab's five fields). */
export const scheduledTasks = {
  "sweep-sessions": "* * * * *",
  "sweep-dead-sessions": "*/5 * * * *",
  "sweep-verifications": "17 * * * *",
  "sweep-account-lockouts": "57 * * * *",
  "sweep-captured-mail": "27 3 * * *",
  "sweep-session-history": "7 * * * *",
  "sweep-rate-limits": "13,43 * * * *",
  "purge-tenants": "47 * * * *",
  "create-audit-partitions": "37 2 * * *",
} as const;

/** A member of `scheduledTasks`. */
export type ScheduledTask = keyof typeof scheduledTasks;
