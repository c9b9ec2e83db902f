import type { PasswordRules } from "@/lib/auth/password-policy";
import { prismaClient } from "@/lib/db/prisma-client";
import type { ScopedTx } from "@/lib/db/scoped-transaction";
import type { Prisma } from "@/prisma/generated/client";
import { findRows, findRowsUnscoped } from "./repository";
import type { EffectivePolicy } from "./schemas";
import { strictestPolicy } from "./strictest-policy";
import { toPolicyLevels } from "./to-policy-values";

/** What a new password must be like for an account of this home tenant (null: the platform's own). */
export async function readPasswordRules(tx: ScopedTx, homeTenantId: string | null): Promise<PasswordRules> {
  return toRules(strictestPolicy(toPolicyLevels(await findRows(tx, homeTenantId))));
}

/** The rules for an account of this home tenant, on Better Auth's own connection. */
export async function readHomePolicy(
  client: Pick<Prisma.TransactionClient, "$queryRaw">,
  homeTenantId: string | null,
): Promise<EffectivePolicy> {
  return strictestPolicy(toPolicyLevels(await findRowsUnscoped(client, homeTenantId)));
}

/** The same as `readPasswordRules` where nobody has a scope yet: a reset, or an invitation that is being accepted. */
export async function readHomePasswordRules(homeTenantId: string | null): Promise<PasswordRules> {
  return toRules(await readHomePolicy(prismaClient.get(), homeTenantId));
}

function toRules({ passwordLengthMin, passwordComposition }: EffectivePolicy): PasswordRules {
  return { lengthMin: passwordLengthMin, composition: passwordComposition };
}
