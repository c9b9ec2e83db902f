import { addressBlock } from "@/lib/rate-limits/address-block";
import { otherAddresses } from "./address-tallies";
import { isInternal } from "./internal-addresses";
import type { AddressObservation, ClientAddressObservations } from "./observations";

/** Accounts that must have come through an address before it is taken for a proxy on their word. */
const accountsMin = 3;
/** A proxy's requests bring the header; an address that mostly comes without it is no proxy. */
const claimedOfItsOwn = 0.5;
/** The greater part of all requests comes through proxies where there are any. */
const claimedOfAll = 0.5;

/**
 * Those among the claimants that are proxies, and not clients who say they are. Anybody can send a header, and many, so
 * neither what it says nor how often it is said counts for much. What counts is who came that way: accounts that are
 * signed in. Only an address of an internal network, which nobody on the internet has, is believed to be a proxy for the
 * greater part of the requests alone, and only as long as hardly anybody has signed in at all.
 */
export function findProxies(
  claimants: readonly AddressObservation[],
  { requests, accounts, spread }: ClientAddressObservations,
): AddressObservation[] {
  const always = claimants.filter(
    ({ address, plain, claimed }) => address !== otherAddresses && claimed >= (plain + claimed) * claimedOfItsOwn,
  );
  const accountsOf = ({ address }: AddressObservation) =>
    spread.find(({ block }) => block === addressBlock(address))?.accounts ?? 0;
  const internal = always.filter(({ address }) => isInternal(address));
  const used = always.filter((seen) => accountsOf(seen) >= accountsMin);
  const carriesMost = (those: readonly AddressObservation[]) =>
    those.reduce((sum, { claimed }) => sum + claimed, 0) > requests * claimedOfAll;
  const isNew = accounts < accountsMin && carriesMost(internal);
  const mostCome = carriesMost(used);
  return always.filter((seen) => {
    if (used.includes(seen)) return mostCome || accountsOf(seen) > accounts / 2;
    return isNew && internal.includes(seen);
  });
}
