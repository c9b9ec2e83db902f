import { BlockList, isIP } from "node:net";

/** The facts from which a client's address follows. */
export type AddressFacts = {
  /** The peer of the socket. */
  remoteAddress: string | undefined;
  /** `X-Forwarded-For` as it came; each proxy appends the peer that it saw. */
  forwardedFor: string | undefined;
};

/** Entries of `X-Forwarded-For` that are looked at, from the right. */
const hopsMax = 32;

/**
 * A function that finds the client's address: the socket's peer, unless that is a trusted proxy; then the first address
 * from the right of `X-Forwarded-For` that is not one. Null when the trail ends in something that is no address.
 */
export function clientAddressResolver(trustedProxies: readonly string[]): (facts: AddressFacts) => string | null {
  const trusted = toBlockList(trustedProxies);
  return ({ remoteAddress, forwardedFor }) => {
    const peer = normalizeAddress(remoteAddress);
    if (peer === null || !isTrusted(trusted, peer)) return peer;
    const hops = (forwardedFor ?? "").split(",", 1000).slice(-hopsMax).reverse();
    let nearest: string | null = peer;
    for (const hop of hops) {
      if (hop.trim() === "") break;
      nearest = normalizeAddress(hop.trim());
      if (nearest === null || !isTrusted(trusted, nearest)) break;
    }
    return nearest;
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

function toBlockList(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = "", prefix] = cidr.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    list.addSubnet(address, Number(prefix ?? (family === "ipv6" ? 128 : 32)), family);
  }
  return list;
}

function isTrusted(trusted: BlockList, address: string): boolean {
  return trusted.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
