import type { AppError } from "@/lib/errors/app-error";
import type { ScopedTx } from "./scoped-transaction";

/** SQLSTATE of a statement that was cancelled, by its time-out or by somebody. */
const cancelled = "57014";

/**
 * Lets every statement of the transaction take `milliseconds` from here on, and runs `work`. Throws what `onTimeout`
 * makes where one of them took longer; nothing else can be done in the transaction then.
 */
export async function withinStatementTime<T>(
  tx: ScopedTx,
  { milliseconds, onTimeout }: { milliseconds: number; onTimeout: () => AppError },
  work: () => Promise<T>,
): Promise<T> {
  await tx.$queryRaw`select set_config('statement_timeout', ${String(milliseconds)}, true)`;
  try {
    return await work();
  } catch (error) {
    throw holdsCode(error, cancelled) ? onTimeout() : error;
  }
}

function holdsCode(error: unknown, code: string, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > 5) return false;
  if (["code", "originalCode"].some((key) => Reflect.get(error, key) === code)) return true;
  return ["cause", "meta", "driverAdapterError"].some((key) => holdsCode(Reflect.get(error, key), code, depth + 1));
}
