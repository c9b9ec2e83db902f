import { withScope } from "@/lib/db/scoped-transaction";

/** Rows of one transaction. */
const batchSize = 1_000;
/** Days for which captured mail is kept: its links have long run out. */
const mailDays = 30;
/** Months of the audit log for which partitions exist ahead of time. */
const auditMonthsAhead = 3;

/** Removes proofs (password resets and their kin) that have run out. */
export async function sweepVerifications(): Promise<number> {
  return inBatches(() =>
    withScope(
      { kind: "platform" },
      (tx) => tx.$executeRaw`
        delete from verification where id in (select id from verification where expires_at < now() limit ${batchSize})`,
    ),
  );
}

/** Removes captured mail that nobody will read any more. */
export async function sweepCapturedMail(): Promise<number> {
  return inBatches(() =>
    withScope(
      { kind: "platform" },
      (tx) => tx.$executeRaw`
        delete from captured_mail where id in (
          select id from captured_mail where created_at < now() - ${mailDays}::int * interval '1 day' limit ${batchSize})`,
    ),
  );
}

/** Makes the audit log's partitions of the coming months. */
export async function createAuditPartitions(): Promise<void> {
  await withScope(
    { kind: "platform" },
    (tx) => tx.$queryRaw`select gatehouse.create_audit_partitions(${auditMonthsAhead}::int)`,
  );
}

async function inBatches(removeBatch: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let removed = await removeBatch(); removed > 0; removed = await removeBatch()) total += removed;
  return total;
}
