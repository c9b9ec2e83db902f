import { AppError } from "@/lib/errors/app-error";
import { addressBlock } from "./address-block";
import { limitKey } from "./limit-key";
import { type LimitedRule, takePlace } from "./limited-log";

/** Links that one place on the network may try to use. */
const rule: LimitedRule = { limit: 30, windowSeconds: 900, limitAlone: 10 };

/** Takes a place for an attempt to use a link about an unknown browser. Throws `RATE_LIMITED` for too many from one place. */
export async function admitNewDeviceLink(clientAddress: string | null): Promise<void> {
  if (clientAddress === null) return;
  const place = await takePlace(limitKey("new-device-link", "address", addressBlock(clientAddress)), rule);
  if ("key" in place) return;
  throw new AppError("RATE_LIMITED", "Too many links were tried from here. Wait, then try again.", {
    retryAfterSeconds: place.retryAfterSeconds,
    rateLimit: { policy: "new-device-link", limit: rule.limit, windowSeconds: rule.windowSeconds },
  });
}
