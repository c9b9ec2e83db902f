import { isLoopback } from "./internal-addresses";
import { accountsFrom } from "./judge-client-addresses";
import type { ClientAddressObservations } from "./observations";
import type { ClientAddressFinding } from "./schemas";

/** Accounts that must have come from one block before its limits are those of many people. */
const accountsMin = 10;

/**
 * The blocks of addresses behind which the greater part of all people sit: of the accounts that were signed in during
 * the last day, more than half, and at least ten, came from each. There is one at most, by that measure, or two that
 * the same people use. Nothing that a request says of itself counts, and neither does how many there are.
 */
export function findSharedBlocks(
  observations: ClientAddressObservations,
  findings: readonly ClientAddressFinding[],
): ReadonlySet<string> {
  const { accounts: all, spread } = observations;
  const blocks = spread
    .filter(({ accounts }) => accounts >= accountsMin && accounts > all / 2)
    .map(({ block }) => block);
  // This machine's own programs are not people; it is shared only where a proxy on it was seen to forward for them.
  const forwards = findings.some(
    ({ address, severity }) => severity === "failure" && isLoopback(address) && accountsFrom(observations, address) > 0,
  );
  return new Set(blocks.filter((block) => forwards || !isLoopback(block.replace(/\/64$/, ""))));
}
