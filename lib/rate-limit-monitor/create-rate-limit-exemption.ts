import { newId } from "@/lib/db/new-id";
import { AppError } from "@/lib/errors/app-error";
import { defineCommand, type OperationTools } from "@/lib/operations/define-operation";
import {
  type CreateRateLimitExemptionInput,
  createRateLimitExemptionInput,
  rateLimitExemption,
} from "./exemption-schemas";
import { countCurrent, type ExemptionRow, findById, insert } from "./exemptions-repository";
import { findManagedAccount } from "./managed-account";
import { refuseField } from "./refuse-field";
import { toActor } from "./to-actor";
import { toExemption } from "./to-exemption";

const daysMax = 365;

/** Exemptions that hold at the same time: every decision looks at all of them. */
const exemptionsMax = { platform: 1_000, tenant: 50 };

/** Bits that a range must at least name: nobody lets half of the Internet through by a slip. */
const bitsMin = { ipv4: 8, ipv6: 32 };

type Caller = Pick<OperationTools<never>, "ctx" | "tx">;

/** Lets a range of network addresses or an account through every rule. A tenant: an account of which it is the home. */
export const createRateLimitExemption = defineCommand({
  name: "createRateLimitExemption",
  summary: "Exempt addresses or an account from the rate limits",
  scope: "either",
  permission: "rate-limits.clear",
  readPermission: "rate-limits.read",
  audit: "rate-limit-exemption.create",
  stepUp: true,
  input: createRateLimitExemptionInput,
  output: rateLimitExemption,
  run: async ({ ctx, tx }, input) => {
    const expiresAt = toEnd(input.expiresAt);
    const exempted = await toExempted({ ctx, tx }, input);
    await assertRoom({ ctx, tx });
    const { reason } = input;
    const tenantId = ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null;
    const id = newId();
    await insert(tx, { id, tenantId, ...exempted, reason, expiresAt, ...toActor(ctx) });
    const row = await findById(tx, id);
    if (!row) throw new Error("An exemption that was just made is not there.");
    return {
      result: toExemption(row),
      event: {
        target: toTarget(row),
        reason,
        changes: { expiresAt: { before: null, after: expiresAt.toISOString() } },
        details: { exemptionId: id, cidr: row.cidr, expiresAt: expiresAt.toISOString() },
      },
    };
  },
});

/** Whom an exemption is about, for the audit log. */
export function toTarget({ id, cidr, userId, userEmail }: ExemptionRow) {
  return userId === null
    ? { type: "rate-limit-exemption", id, name: cidr }
    : { type: "user", id: userId, name: userEmail };
}

function toEnd(expiresAt: string): Date {
  const milliseconds = Date.parse(expiresAt) - Date.now();
  if (milliseconds <= 0) throw refuseField("expiresAt", "Must be in the future.");
  if (milliseconds > daysMax * 86_400_000) throw refuseField("expiresAt", `At most ${daysMax} days ahead.`);
  return new Date(expiresAt);
}

async function toExempted(caller: Caller, { cidr, userId }: CreateRateLimitExemptionInput) {
  if (userId !== undefined) return { cidr: null, userId: (await findManagedAccount(caller, userId)).id };
  if (caller.ctx.scope.kind === "tenant") {
    throw new AppError(
      "FORBIDDEN",
      "Network addresses are everybody's: ask those who run the platform to exempt them.",
    );
  }
  return { cidr: toRange(cidr ?? ""), userId: null };
}

function toRange(cidr: string): string {
  const [address = "", bits] = cidr.split("/");
  const family = address.includes(":") ? "ipv6" : "ipv4";
  if (bits !== undefined && Number(bits) < bitsMin[family]) {
    throw refuseField("cidr", `Too wide a range: at least /${bitsMin[family]}.`);
  }
  return cidr;
}

async function assertRoom({ ctx, tx }: Caller): Promise<void> {
  const most = ctx.scope.kind === "tenant" ? exemptionsMax.tenant : exemptionsMax.platform;
  if ((await countCurrent(tx, most)) < most) return;
  throw new AppError("CONFLICT", `There are ${most} exemptions already. Take some of them away first.`);
}
