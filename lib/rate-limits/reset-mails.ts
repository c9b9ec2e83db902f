import { AppError } from "@/lib/errors/app-error";
import { addressBlock } from "./address-block";
import { limitKey } from "./limit-key";
import { type LimitedRule, takePlace } from "./limited-log";

/** Mails to one address: enough for the impatient, too few to bury a mailbox. */
const accountRule: LimitedRule = { limit: 5, windowSeconds: 3600, limitAlone: 2 };
const addressRule: LimitedRule = { limit: 30, windowSeconds: 900, limitAlone: 10 };

type Origin = { email: string; clientAddress: string | null };

/**
 * Whether a reset mail may be sent. False says nothing to the outside: the address has had its share. Throws
 * `RATE_LIMITED` for a place that asks for too many.
 */
export async function admitResetMail({ email, clientAddress }: Origin): Promise<boolean> {
  if (clientAddress) await assertAddressAdmitted(addressBlock(clientAddress));
  return "key" in (await takePlace(limitKey("reset-mail", "account", email), accountRule));
}

async function assertAddressAdmitted(block: string): Promise<void> {
  const place = await takePlace(limitKey("reset-mail", "address", block), addressRule);
  if ("key" in place) return;
  throw new AppError("RATE_LIMITED", "Too many requests for a reset. Wait, then try again.", {
    retryAfterSeconds: place.retryAfterSeconds,
    rateLimit: { policy: "reset-mail", limit: addressRule.limit, windowSeconds: addressRule.windowSeconds },
  });
}
