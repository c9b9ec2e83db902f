import { writeAuditEvents } from "@/lib/audit/write-audit-events";
import { hashPassword } from "@/lib/auth/password-hashing";
import { assertAcceptablePassword } from "@/lib/auth/password-policy";
import { newId } from "@/lib/db/new-id";
import { type ScopedTx, withScope } from "@/lib/db/scoped-transaction";
import { AppError } from "@/lib/errors/app-error";
import type { RequestContext } from "@/lib/operations/request-context";
import { emailInput } from "@/lib/users/schemas";
import { hasOwner, ownerRoleId } from "./owner-role";
import { insertHolder, isEmailTaken, lockPlatform, updateSetupLink } from "./repository";

/** Who is to own the platform. */
export type NewOwner = { email: string; name: string; password: string };

/** A user as they were made. */
export type CreatedOwner = { id: string; email: string; name: string };

/**
 * Creates a platform owner: for the command line, whose caller may do everything. Throws `INVALID_INPUT` for an address
 * or a password that is not acceptable, `CONFLICT` for an address that exists.
 */
export async function createOwner(ctx: RequestContext, owner: NewOwner): Promise<CreatedOwner> {
  return createOwnerIf(ctx, owner, async () => undefined);
}

/** Creates the first platform owner from the environment; null where somebody owns the platform already. */
export async function createFirstOwner(ctx: RequestContext, owner: NewOwner): Promise<CreatedOwner | null> {
  const isOwned = await withScope({ kind: "platform" }, hasOwner);
  if (isOwned) return null;
  try {
    return await createOwnerIf(ctx, owner, assertUnowned);
  } catch (error) {
    // Another instance that started at the same time was first.
    if (await withScope({ kind: "platform" }, hasOwner)) return null;
    throw error;
  }
}

/** Throws `CONFLICT` where somebody owns the platform already. */
export async function assertUnowned(tx: ScopedTx): Promise<void> {
  if (await hasOwner(tx)) throw new AppError("CONFLICT", "Gatehouse is set up already. Sign in, or ask an owner.");
}

/**
 * The shared step: everything that costs time first, then one transaction that holds off every other. `admit` runs
 * under that lock and throws to refuse.
 */
export async function createOwnerIf(
  ctx: RequestContext,
  { email: typedEmail, name, password }: NewOwner,
  admit: (tx: ScopedTx, link: Awaited<ReturnType<typeof lockPlatform>>) => Promise<void>,
): Promise<CreatedOwner> {
  const email = parseEmail(typedEmail);
  assertAcceptablePassword(password, { context: [email, name], path: "password" });
  const passwordHash = await hashPassword(password);
  const owner = { id: newId(), email, name };
  await withScope({ kind: "platform" }, async (tx) => {
    await admit(tx, await lockPlatform(tx));
    if (await isEmailTaken(tx, email)) throw emailTaken();
    await insertHolder(tx, { ...owner, passwordHash, roleId: ownerRoleId });
    await updateSetupLink(tx, null);
    await writeAuditEvents(tx, ctx, [
      { action: "platform.set-up", target: { type: "user", id: owner.id, name: email }, details: { email } },
    ]);
  });
  return owner;
}

function parseEmail(email: string): string {
  const parsed = emailInput.safeParse(email);
  if (parsed.success) return parsed.data;
  const message = "Not an e-mail address in plain letters.";
  throw new AppError("INVALID_INPUT", message, { errors: [{ path: "email", message }] });
}

function emailTaken(): AppError {
  const message = "Somebody with this address exists already.";
  return new AppError("CONFLICT", message, { errors: [{ path: "email", message }] });
}
