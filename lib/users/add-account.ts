import type { ScopedTx } from "@/lib/db/scoped-transaction";
import { AppError } from "@/lib/errors/app-error";
import { insert, type NewUser, setPasswordHash } from "./repository";

/** An account to make; `passwordHash` is null for somebody who chooses a password by mail. */
export type NewAccount = NewUser & { passwordHash: string | null };

/** Makes an account in the caller's transaction. Throws `CONFLICT` for an address that somebody has, anywhere. */
export async function addAccount(tx: ScopedTx, { passwordHash, ...user }: NewAccount): Promise<void> {
  if (!(await insert(tx, user))) {
    throw new AppError("CONFLICT", "Somebody with this address exists already.", {
      errors: [{ path: "email", message: "Already in use." }],
    });
  }
  if (passwordHash !== null) await setPasswordHash(tx, user.id, passwordHash);
}
