import { BlockList, isIP } from "node:net";

/** Whether an address is on a list. Takes it in the spelling of `normalizeAddress`; anything else is not on it. */
export type AddressList = (address: string) => boolean;

/** Addresses whose answer is remembered. */
const answersMax = 2_000;

/** Reads a list of addresses and CIDRs. Throws on an entry that is neither. */
export function readAddressList(cidrs: readonly string[]): AddressList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = "", prefix] = cidr.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    list.addSubnet(address, Number(prefix ?? (family === "ipv6" ? 128 : 32)), family);
  }
  const check = (address: string): boolean => {
    const family = isIP(address);
    return family !== 0 && list.check(address, family === 6 ? "ipv6" : "ipv4");
  };
  // A check takes ten microseconds, and the same few addresses are asked about by every request.
  const answers = new Map<string, boolean>();
  return (address) => {
    const known = answers.get(address);
    if (known !== undefined) return known;
    if (answers.size >= answersMax) answers.clear();
    const answer = check(address);
    answers.set(address, answer);
    return answer;
  };
}
