import { Prisma } from "@/prisma/generated/client";
import { beginWith, toSettingsStatement } from "./begin-in-scope";
import { prismaClient } from "./prisma-client";
import { toAppError } from "./prisma-errors";

declare const scoped: unique symbol;

/** A transaction that runs under a scope's database role. Only `withScope` makes one; repositories accept nothing else. */
export type ScopedTx = Prisma.TransactionClient & { readonly [scoped]: true };

/** What a transaction may see: the whole installation, or exactly one tenant. Row-level security enforces it. */
export type DatabaseScope = { kind: "platform" } | { kind: "tenant"; tenantId: string };

/** How long a transaction may last, where that is more than most do: seconds. */
export type TransactionTime = { seconds?: number | undefined };

/** Who ends sessions in this transaction and why: the history trigger reads it. */
export type EndedBy = { reason: string; type: string; id: string | null; name: string; receiptId: string | null };

/**
 * Runs `work` in one transaction which takes on the scope's role and tenant as it begins; both end with the
 * transaction. Throws what `work` throws, and `UNAVAILABLE`, `CONFLICT` or `NOT_FOUND` for the database's own refusals.
 */
export async function withScope<T>(
  scope: DatabaseScope,
  work: (tx: ScopedTx) => Promise<T>,
  { seconds }: TransactionTime = {},
): Promise<T> {
  const settings = {
    role: scope.kind === "platform" ? "gatehouse_platform" : "gatehouse_tenant",
    "app.tenant_id": scope.kind === "platform" ? "" : scope.tenantId,
    // Nothing that is asked here takes as long as compiling it would.
    jit: "off",
  };
  const options = seconds === undefined ? {} : { timeout: seconds * 1_000 };
  try {
    return await beginWith(settings, (areMade) =>
      prismaClient.get().$transaction(async (tx) => {
        if (!areMade()) await tx.$queryRaw`${Prisma.raw(toSettingsStatement(settings))}`;
        return work(asScoped(tx));
      }, options),
    );
  } catch (error) {
    throw toAppError(error);
  }
}

/** States, for the rest of the transaction, why and by whom session rows are ended. */
export async function setEndedBy(tx: Pick<Prisma.TransactionClient, "$queryRaw">, endedBy: EndedBy): Promise<void> {
  await tx.$queryRaw`select ${endedBySettings(endedBy)}`;
}

/** What `setEndedBy` selects, for a statement that ends sessions itself: it must have been selected before a row goes. */
export function endedBySettings({ reason, type, id, name, receiptId }: EndedBy): Prisma.Sql {
  return Prisma.sql`set_config('app.end_reason', ${reason}, true), set_config('app.ended_by_type', ${type}, true),
    set_config('app.ended_by_id', ${id ?? ""}, true), set_config('app.ended_by_name', ${name}, true),
    set_config('app.receipt_id', ${receiptId ?? ""}, true)`;
}

// The one place where the brand is given: the statement above has just made it true.
function asScoped(tx: Prisma.TransactionClient): ScopedTx {
  return tx as ScopedTx;
}
