import { withScope } from "@/lib/db/scoped-transaction";

/** Rows of one transaction. */
const batchSize = 1_000;
/** Days for which captured mail is kept: its links have long run out. */
const mailDays = 30;
/** Months of the audit log for which partitions exist ahead of time. */
const auditMonthsAhead = 3;

/** Days for which a link about an unknown browser still says that it has run out. */
const deadLinkDays = 30;
/** Days for which a used one is kept: longer than any proof of a known device, which it makes worthless, counts. */
const usedLinkDays = 400;

/** Begins the delays after failed sign-ins anew where nobody has tried for thirty days, and removes what nothing depends on. */
export async function sweepAccountLockouts(): Promise<number> {
  return inBatches(() =>
    withScope({ kind: "platform" }, async (tx) => {
      const [row] = await tx.$queryRaw<{ swept: number }[]>`
        select gatehouse.sweep_account_lockouts(${batchSize}::int) as swept`;
      return row?.swept ?? 0;
    }),
  );
}

/** Removes proofs (password resets and their kin) that have run out. */
export async function sweepVerifications(): Promise<number> {
  const verifications = await inBatches(() =>
    withScope(
      { kind: "platform" },
      (tx) => tx.$executeRaw`
        delete from verification where id in (select id from verification where expires_at < now() limit ${batchSize})`,
    ),
  );
  return verifications + (await sweepNewDeviceLinks());
}

async function sweepNewDeviceLinks(): Promise<number> {
  return inBatches(() =>
    withScope(
      { kind: "platform" },
      (tx) => tx.$executeRaw`
        delete from new_device_link where token_hash in (
          select token_hash from new_device_link
          where expires_at < now() - ${deadLinkDays}::int * interval '1 day'
            and (redeemed_at is null or redeemed_at < now() - ${usedLinkDays}::int * interval '1 day')
          limit ${batchSize})`,
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
