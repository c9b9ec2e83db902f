import type { Random } from "./random";

/**
 * An address that belongs to nobody: the blocks set aside for documentation (RFC 5737 for IPv4, RFC 3849 for IPv6).
 * About a third are IPv6.
 */
export function inventAddress(random: Random): string {
  if (random.chance(0.35)) return inventIpv6(random);
  return `${random.pick(["192.0.2", "198.51.100", "203.0.113"])}.${random.integer(1, 254)}`;
}

/** As `inventAddress`, for millions: IPv4 from the 131,072 addresses set aside for benchmarks (RFC 2544). */
export function inventScaleAddress(random: Random): string {
  if (random.chance(0.35)) return inventIpv6(random);
  return `198.${random.integer(18, 19)}.${random.integer(0, 255)}.${random.integer(1, 254)}`;
}

function inventIpv6(random: Random): string {
  const group = () => random.integer(1, 0xffff).toString(16);
  return `2001:db8:${group()}:${group()}::${group()}`;
}
