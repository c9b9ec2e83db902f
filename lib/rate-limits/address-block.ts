/**
 * What counts as one place on the network: an IPv4 address, or the /64 of an IPv6 address, whose holder has all of it
 * (RFC 6177). Takes a normalised address.
 */
export function addressBlock(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail = ""] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === "" ? [] : tail.split(":");
  const zeros = address.includes("::") ? Array<string>(8 - left.length - right.length).fill("0") : [];
  return `${[...left, ...zeros, ...right].slice(0, 4).join(":")}::/64`;
}
