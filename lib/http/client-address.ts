import { isIP } from "node:net";
import { readAddressList } from "@/lib/config/address-list";

/** The facts from which a client's address follows. */
export type AddressFacts = {
  /** The peer of the socket. */
  remoteAddress: string | undefined;
  /** `X-Forwarded-For` as it came; each proxy appends the peer that it saw. */
  forwardedFor: string | undefined;
};

/**
 * How the trail from a trusted peer ends: at a `client`, at a client who says that it `claims` to forward for others, at
 * a trusted `proxy` (nobody is named beyond it), or `broken`, in something that is no address.
 */
export type TrailEnd = "client" | "claims" | "proxy" | "broken";

/** Where a trail leads. Written by `follow`, over and over: most requests then make no object for it. */
export type Trail = {
  address: string | null;
  end: TrailEnd;
  /** Entries of the header that were believed, from the right. */
  hops: number;
};

/** Follows `X-Forwarded-For` from a trusted peer. */
export type TrailReader = {
  isTrusted: (address: string) => boolean;
  /** Writes into `trail` where the header leads from a trusted `peer`. */
  follow: (peer: string, forwardedFor: string | undefined, trail: Trail) => void;
};

/** Entries of `X-Forwarded-For` that are looked at, from the right. */
const hopsMax = 32;

/**
 * A function that finds the client's address: the socket's peer, unless that is a trusted proxy; then the first address
 * from the right of `X-Forwarded-For` that is not one. Null when the trail ends in something that is no address.
 */
export function clientAddressResolver(trustedProxies: readonly string[]): (facts: AddressFacts) => string | null {
  const { isTrusted, follow } = trailReader(trustedProxies);
  return ({ remoteAddress, forwardedFor }) => {
    const peer = normalizeAddress(remoteAddress);
    if (peer === null || !isTrusted(peer)) return peer;
    const trail: Trail = { address: null, end: "client", hops: 0 };
    follow(peer, forwardedFor, trail);
    return trail.address;
  };
}

/** Follows trails for a list of trusted proxies (addresses and CIDRs). */
export function trailReader(trustedProxies: readonly string[]): TrailReader {
  const isTrusted = readAddressList(trustedProxies);
  const endAt = (address: string | null, hasMore: boolean): TrailEnd => {
    if (address === null) return "broken";
    if (isTrusted(address)) return "proxy";
    return hasMore ? "claims" : "client";
  };
  return {
    isTrusted,
    follow: (peer, forwardedFor = "", trail) => {
      trail.address = peer;
      trail.end = "proxy";
      trail.hops = 0;
      // From the right, entry by entry: what a client has put in front is never reached, however long it is.
      let end = forwardedFor.length;
      while (end > 0 && trail.hops < hopsMax && trail.end === "proxy") {
        const comma = forwardedFor.lastIndexOf(",", end - 1);
        const text = forwardedFor.slice(comma + 1, end).trim();
        if (text === "") return;
        end = comma;
        trail.address = normalizeAddress(text);
        trail.hops += 1;
        trail.end = endAt(trail.address, end > 0);
      }
    },
  };
}

/** One spelling per address: IPv4-mapped IPv6 as IPv4, IPv6 compressed and in lower case, without zone and port. */
export function normalizeAddress(text: string | undefined): string | null {
  const bare = withoutPort(text ?? "").replace(/%.*$/, "");
  const family = isIP(bare);
  if (family !== 6) return family === 4 ? bare : null;
  // The URL standard's serialiser gives RFC 5952's spelling.
  const compressed = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(compressed);
  return mapped ? toDotted(mapped[1] ?? "", mapped[2] ?? "") : compressed;
}

function toDotted(high: string, low: string): string {
  const bits = (Number.parseInt(high, 16) << 16) | Number.parseInt(low, 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join(".");
}

function withoutPort(text: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(text);
  if (bracketed) return bracketed[1] ?? "";
  return /^[\d.]+:\d+$/.test(text) ? (text.split(":")[0] ?? "") : text;
}
