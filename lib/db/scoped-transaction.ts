import type { Prisma } from "@/prisma/generated/client";
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
 * Runs `work` in one transaction whose first statement takes on the scope's role and tenant; both end with the
 * transaction. Throws what `work` throws, and `UNAVAILABLE`, `CONFLICT` or `NOT_FOUND` for the database's own refusals.
 */
export async function withScope<T>(
  scope: DatabaseScope,
  work: (tx: ScopedTx) => Promise<T>,
  { seconds }: TransactionTime = {},
): Promise<T> {
  const role = scope.kind === "platform" ? "gatehouse_platform" : "gatehouse_tenant";
  const tenantId = scope.kind === "platform" ? "" : scope.tenantId;
  try {
    return await prismaClient.get().$transaction(
      async (tx) => {
        await tx.$queryRaw`select set_config('role', ${role}, true), set_config('app.tenant_id', ${tenantId}, true)`;
        return work(asScoped(tx));
      },
      seconds === undefined ? {} : { timeout: seconds * 1_000 },
    );
  } catch (error) {
    throw toAppError(error);
  }
}

/** States, for the rest of the transaction, why and by whom session rows are ended. */
export async function setEndedBy(tx: Pick<Prisma.TransactionClient, "$queryRaw">, endedBy: EndedBy): Promise<void> {
  await tx.$queryRaw`select set_config('app.end_reason', ${endedBy.reason}, true),
    set_config('app.ended_by_type', ${endedBy.type}, true),
    set_config('app.ended_by_id', ${endedBy.id ?? ""}, true),
    set_config('app.ended_by_name', ${endedBy.name}, true),
    set_config('app.receipt_id', ${endedBy.receiptId ?? ""}, true)`;
}

// The one place where the brand is given: the statement above has just made it true.
function asScoped(tx: Prisma.TransactionClient): ScopedTx {
  return tx as ScopedTx;
}
