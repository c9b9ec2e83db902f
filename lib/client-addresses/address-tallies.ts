/**
 * What was seen of one address since the last drain, in requests. An address that is no trusted proxy is a client
 * (`plain`), or says that it forwards for others and is not believed (`claimed`). A trusted proxy names its client
 * (`believed`), names nobody (`silent`), or names what is no address (`broken`).
 */
export type AddressTally = {
  address: string;
  plain: number;
  claimed: number;
  believed: number;
  silent: number;
  broken: number;
  /** One chain as it was seen, the socket's peer first; empty until there is one to tell of. */
  chain: readonly string[];
  /** Different addresses that it says it forwards for, up to `clientsMax`. */
  clients: Set<string>;
  /** Dropped from the list: whoever kept it asks for another. */
  gone: boolean;
};

/** The counters of one process, bounded whatever is sent. */
export type AddressTallies = {
  /** One request, of whatever kind. */
  countRequest: () => void;
  /** The tally of an address; one that all share where there are too many addresses. */
  of: (address: string) => AddressTally;
  /** Takes out what has been counted. */
  drain: () => DrainedTallies;
  /** Puts back what could not be handed on. */
  putBack: (drained: DrainedTallies) => void;
};

/** What was counted; the tallies are the taker's own. */
export type DrainedTallies = { requests: number; tallies: AddressTally[] };

/** Addresses that are told apart between two drains. */
const addressesMax = 512;

/** Different clients of one proxy that are remembered between two drains. */
export const clientsMax = 64;

/** Stands for the addresses beyond the bound. */
export const otherAddresses = "";

/** Makes an empty set of counters. */
export function createAddressTallies(): AddressTallies {
  let requests = 0;
  let tallies = new Map<string, AddressTally>();
  const of = (address: string): AddressTally => {
    const known = tallies.get(address);
    if (known) return known;
    if (tallies.size >= addressesMax && address !== otherAddresses) return of(otherAddresses);
    const made = emptyTally(address);
    tallies.set(address, made);
    return made;
  };
  return {
    countRequest: () => {
      requests += 1;
    },
    of,
    drain: () => {
      const drained = { requests, tallies: [...tallies.values()] };
      for (const tally of drained.tallies) tally.gone = true;
      requests = 0;
      tallies = new Map();
      return drained;
    },
    putBack: (drained) => {
      requests += drained.requests;
      for (const tally of drained.tallies) addTo(of(tally.address), tally);
    },
  };
}

function emptyTally(address: string): AddressTally {
  return {
    address,
    plain: 0,
    claimed: 0,
    believed: 0,
    silent: 0,
    broken: 0,
    chain: [],
    clients: new Set(),
    gone: false,
  };
}

function addTo(into: AddressTally, from: AddressTally): void {
  for (const kind of ["plain", "claimed", "believed", "silent", "broken"] as const) into[kind] += from[kind];
  if (into.chain.length === 0) into.chain = from.chain;
  for (const client of from.clients) if (into.clients.size < clientsMax) into.clients.add(client);
}
