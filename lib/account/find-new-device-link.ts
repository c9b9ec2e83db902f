import { findByTokenHash } from "./new-device-store";
import { hashNewDeviceToken } from "./new-device-token";
import type { NewDeviceLink } from "./schemas";

/** What a link shows whoever holds it, signed in or not; null for one that was never made. Looking at it changes nothing. */
export async function findNewDeviceLink(token: string): Promise<NewDeviceLink | null> {
  const found = await findByTokenHash(hashNewDeviceToken(token));
  if (!found) return null;
  const { state, email, browser, os, device, country, ipAddress, signedInAt } = found;
  return { state, email, browser, os, device, country, ipAddress, signedInAt: signedInAt.toISOString() };
}
