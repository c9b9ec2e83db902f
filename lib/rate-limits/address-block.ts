/**
 * What counts as one place on the network: an IPv4 address, or the /64 of an IPv6 address, whose holder has all of it
 * (RFC 6177). Every spelling of an address is the same place, and an IPv4 address in IPv6 is that IPv4 address. A block
 * is its own block.
 */
export function addressBlock(address: string): string {
  if (!address.includes(":")) return address;
  const groups = toGroups(address.replace(/[%/].*$/, ""));
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 6).join() === "0,0,0,0,0,65535") return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":")}::/64`;
}

function toGroups(address: string): number[] {
  const [head = "", tail = ""] = address.split("::");
  const left = readGroups(head);
  const right = readGroups(tail);
  return address.includes("::")
    ? [...left, ...Array<number>(Math.max(0, 8 - left.length - right.length)).fill(0), ...right]
    : left;
}

function readGroups(text: string): number[] {
  if (text === "") return [];
  return text.split(":").flatMap((group) => {
    if (!group.includes(".")) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split(".").map(Number);
    return [(a << 8) | b, (c << 8) | d];
  });
}
