import { clientAddressWatch } from "./client-address-watch";

/** How much wider the limits of a shared address are. */
const wider = 20;

/**
 * By what to multiply the limit of a rule that counts by addresses, for one block: 1, or 20 where the greater part of all
 * people sit behind it, so that a few of them cannot lock out the others. What counts by account stays as it is.
 */
export function sharedAddressFactor(block: string): number {
  return clientAddressWatch.peek()?.isShared(block) ? wider : 1;
}
