import { z } from "zod";
import { isId, newId } from "@/lib/db/new-id";
import { AppError, notFound } from "@/lib/errors/app-error";
import { defineCommand, type OperationTools } from "@/lib/operations/define-operation";
import { addressBlock } from "@/lib/rate-limits/address-block";
import { subjectHash } from "@/lib/rate-limits/limit-keys";
import { maskAccount } from "@/lib/rate-limits/mask-account";
import { normalAddress } from "@/lib/users/normal-address";
import { ofManual } from "./block-row";
import {
  blockDaysMax,
  type CreateRateLimitBlockInput,
  createRateLimitBlockInput,
  rateLimitBlock,
} from "./block-schemas";
import { countCurrent, findById, insert, type NewManualBlock } from "./blocks-repository";
import { findAccount, findManagedAccount } from "./managed-account";
import { toAddressBlock } from "./named-subjects";
import { refuseField } from "./refuse-field";
import { toActor } from "./to-actor";
import { toBlocks } from "./to-blocks";

/** Blocks that last at the same time: every instance keeps all of them in memory. */
const blocksMax = { platform: 10_000, tenant: 500 };

type Caller = Pick<OperationTools<never>, "ctx" | "tx">;
type Blocked = Pick<NewManualBlock, "subject" | "label" | "userId"> & { name: string };

/**
 * Has somebody refused by every rule until a time, on every instance within a second. A tenant blocks accounts of which it
 * is the home; network addresses are everybody's.
 */
export const createRateLimitBlock = defineCommand({
  name: "createRateLimitBlock",
  summary: "Block an account or a network address for a time",
  scope: "either",
  permission: "rate-limits.clear",
  readPermission: "rate-limits.read",
  audit: "rate-limit-block.create",
  input: createRateLimitBlockInput,
  output: rateLimitBlock,
  run: async ({ ctx, tx }, input) => {
    const blockedUntil = toEnd(input.until);
    const blocked = input.dimension === "account" ? await toAccount({ ctx, tx }, input) : toAddress({ ctx, tx }, input);
    await assertRoom({ ctx, tx });
    const { name, ...subject } = blocked;
    const { dimension, reason } = input;
    const tenantId = ctx.scope.kind === "tenant" ? ctx.scope.tenantId : null;
    const id = newId();
    await insert(tx, { id, tenantId, dimension, ...subject, reason, blockedUntil, ...toActor(ctx) });
    const row = await findById(tx, id);
    const [block] = row ? await toBlocks({ ctx, tx }, [ofManual(row)]) : [];
    if (!block) throw new Error("A block that was just made is not there.");
    const until = blockedUntil.toISOString();
    return {
      result: block,
      event: {
        target: blocked.userId ? { type: "user", id: blocked.userId, name } : { type: "rate-limit-block", id, name },
        reason,
        changes: { blockedUntil: { before: null, after: until } },
        details: { blockId: id, dimension, blockedUntil: until },
      },
    };
  },
});

function toEnd(until: string): Date {
  const milliseconds = Date.parse(until) - Date.now();
  if (milliseconds <= 0) throw refuseField("until", "Must be in the future.");
  if (milliseconds > blockDaysMax * 86_400_000) throw refuseField("until", `At most ${blockDaysMax} days ahead.`);
  return new Date(until);
}

// On the platform an address may be blocked before anybody has an account with it.
async function toAccount(caller: Caller, { subject: named }: CreateRateLimitBlockInput): Promise<Blocked> {
  const isKnown = caller.ctx.scope.kind === "tenant" || (await findAccount(caller, named)) !== null;
  if (!isKnown) {
    if (isId(named)) throw notFound("user");
    const email = z.email().safeParse(normalAddress(named));
    if (!email.success) throw refuseField("subject", "Neither the id of a user nor an e-mail address.");
    const label = maskAccount(email.data);
    return { subject: subjectHash("account", email.data), label, userId: null, name: label };
  }
  const user = await findManagedAccount(caller, named);
  return { subject: subjectHash("account", user.email), label: user.id, userId: user.id, name: user.email };
}

function toAddress({ ctx }: Caller, { subject: named }: CreateRateLimitBlockInput): Blocked {
  if (ctx.scope.kind === "tenant") {
    throw new AppError("FORBIDDEN", "A network address is everybody's: ask those who run the platform to block it.");
  }
  const block = toAddressBlock(named);
  if (block === null) throw refuseField("subject", "Not an IP address. Block ranges one address at a time.");
  if (ctx.clientAddress !== null && addressBlock(ctx.clientAddress) === block) {
    throw new AppError("CONFLICT", "This is the address you come from: you would lock yourself out.");
  }
  return { subject: subjectHash("address", block), label: block, userId: null, name: block };
}

async function assertRoom({ ctx, tx }: Caller): Promise<void> {
  const most = ctx.scope.kind === "tenant" ? blocksMax.tenant : blocksMax.platform;
  if ((await countCurrent(tx, most)) < most) return;
  throw new AppError("CONFLICT", `There are ${most} blocks already. Clear some of them first.`);
}
