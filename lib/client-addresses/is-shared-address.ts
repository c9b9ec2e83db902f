import { clientAddressWatch } from "./client-address-watch";

/** Whether the greater part of all people sit behind one block of addresses, as far as this process knows. */
export function isSharedAddress(block: string): boolean {
  return clientAddressWatch.peek()?.isShared(block) ?? false;
}
