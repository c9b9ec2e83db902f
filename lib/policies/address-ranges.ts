import { BlockList, isIPv6 } from "node:net";

type Range = { base: string; bits: number; family: "ipv4" | "ipv6" };

/** Whether an address lies in one of these addresses and CIDR ranges. */
export function includesAddress(ranges: readonly string[], address: string): boolean {
  return ranges.some((range) => contains(range, address));
}

/** Those of `inner` that reach beyond every range of `outer`. */
export function rangesBeyond(outer: readonly string[], inner: readonly string[]): string[] {
  return inner.filter((range) => !outer.some((bound) => contains(bound, range)));
}

/** What both lists admit. Of two CIDR ranges one lies within the other, or they have nothing in common. */
export function commonRanges(one: readonly string[], other: readonly string[]): string[] {
  const within = (list: readonly string[], bounds: readonly string[]) =>
    list.filter((range) => bounds.some((bound) => contains(bound, range)));
  return [...new Set([...within(one, other), ...within(other, one)])];
}

function contains(outer: string, inner: string): boolean {
  const [bound, range] = [toRange(outer), toRange(inner)];
  if (bound.family !== range.family || bound.bits > range.bits) return false;
  const list = new BlockList();
  list.addSubnet(bound.base, bound.bits, bound.family);
  return list.check(range.base, range.family);
}

function toRange(text: string): Range {
  const [base = "", bits] = text.split("/");
  const family = isIPv6(base) ? "ipv6" : "ipv4";
  return { base, bits: bits === undefined ? (family === "ipv6" ? 128 : 32) : Number(bits), family };
}
