import { type AddressTallies, type AddressTally, clientsMax } from "@/lib/client-addresses/address-tallies";
import type { Trail } from "@/lib/http/client-address";
import { claimedHops, type ForwardingClaims } from "@/lib/http/forwarding-claims";

/** The peer of one connection. */
export type Peer = {
  address: string | null;
  trusted: boolean;
  /** Kept between the requests of the connection. */
  tally: AddressTally | undefined;
};

/** One request on its way in: who brought it, what it says of those before, and where that leads behind a trusted peer. */
export type Sight = { peer: Peer; claims: ForwardingClaims; trail: Trail };

/** Hops of a chain that are kept to be shown. */
const chainMax = 6;

/**
 * Counts where a request comes from. Where nothing is claimed beyond what is believed, it adds to two counters and makes
 * nothing.
 */
export function observeRequest(tallies: AddressTallies, { peer, claims, trail }: Sight): void {
  if (peer.address === null) return;
  tallies.countRequest();
  const tally = tallyOf(tallies, peer, peer.address);
  if (!peer.trusted) {
    if (claims.forwardedFor === undefined && claims.forwarded === undefined) tally.plain += 1;
    else noteClaim({ tally, peer: peer.address, claims, hops: 0 });
  } else if (trail.end === "client") tally.believed += 1;
  else if (trail.end === "broken") {
    tally.broken += 1;
    noteChain(tally, peer.address, claims);
  } else if (trail.end === "claims") {
    tally.believed += 1;
    noteClaim({ tally: tallies.of(trail.address ?? ""), peer: peer.address, claims, hops: trail.hops });
  } else {
    const last = trail.address === null || trail.hops === 0 ? tally : tallies.of(trail.address);
    last.silent += 1;
    noteChain(last, peer.address, claims);
  }
}

function tallyOf(tallies: AddressTallies, peer: Peer, address: string): AddressTally {
  if (peer.tally === undefined || peer.tally.gone) peer.tally = tallies.of(address);
  return peer.tally;
}

type Claim = { tally: AddressTally; peer: string; claims: ForwardingClaims; hops: number };

function noteClaim({ tally, peer, claims, hops }: Claim): void {
  tally.claimed += 1;
  noteChain(tally, peer, claims);
  if (tally.clients.size >= clientsMax) return;
  const client = claimedHops(claims, hops + 1)[hops];
  if (client) tally.clients.add(client);
}

function noteChain(tally: AddressTally, peer: string, claims: ForwardingClaims): void {
  if (tally.chain.length > 0) return;
  tally.chain = [peer, ...claimedHops(claims, chainMax).map((hop) => hop ?? "?")];
}
