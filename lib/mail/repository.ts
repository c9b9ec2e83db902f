import { newId } from "@/lib/db/new-id";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { Prisma } from "@/prisma/generated/client";
import type { MailMessage } from "./mail-message";

/** Where a page begins: the row before it. */
export type MailPosition = { createdAt: string; id: string };

/** Keeps a message that is not sent. */
export async function insertMail(tx: ScopedTx, { to, subject, text, html }: MailMessage): Promise<void> {
  await tx.capturedMail.createMany({ data: [{ id: newId(), to, subject, text, html }] });
}

type PageQuery = { to: string | undefined; after: MailPosition | undefined; take: number };
type MailRow = { id: string; to: string; subject: string; createdAt: Date };

/** A page of messages without their content, newest first, by keyset. */
export function findPage(tx: ScopedTx, { to, after, take }: PageQuery): Promise<MailRow[]> {
  const pattern = to ? Prisma.sql`and strpos(lower("to"), lower(${to})) > 0` : Prisma.empty;
  const before = after
    ? Prisma.sql`and (created_at, id) < (${after.createdAt}::timestamptz, ${after.id}::uuid)`
    : Prisma.empty;
  return tx.$queryRaw<MailRow[]>`select id, "to", subject, created_at as "createdAt" from captured_mail
    where true ${pattern} ${before} order by created_at desc, id desc limit ${take}`;
}

/** One message with its content. */
export function findById(tx: ScopedTx, id: string) {
  return tx.capturedMail.findUnique({
    where: { id },
    select: { id: true, to: true, subject: true, text: true, html: true, createdAt: true },
  });
}
