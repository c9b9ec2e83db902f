import { type AddressList, readAddressList } from "@/lib/config/address-list";
import { addressBlock } from "@/lib/rate-limits/address-block";
import { otherAddresses } from "./address-tallies";
import { findProxies } from "./find-proxies";
import { isLoopback } from "./internal-addresses";
import type { AddressObservation, ClientAddressObservations } from "./observations";
import type { ClientAddressFinding } from "./schemas";

/** Requests below which nothing is said: somebody tries something out. */
const requestsMin = 5;
/** A trusted proxy on this machine is also how its own programs ask: more of them are needed. */
const loopback = { requests: 20, share: 0.9 };
/** Shares of a trusted proxy's own requests, and of all, from which its silence and its junk count. */
const silence = { ofItsOwn: 0.5, ofAll: 0.1 };
const junkOfItsOwn = 0.05;
/** Accounts, and their share, from which one address is worth a word although nothing else is wrong with it. */
const shared = { accounts: 10, share: 0.9 };
/** Forgers that are told of one by one. */
const forgersMax = 5;

type Circumstances = ClientAddressObservations & { isTrusted: AddressList; trustedProxies: readonly string[] };

/**
 * What is wrong with how clients' addresses are known, the most urgent first. A setting is advised for a proxy only, never
 * for a client who merely says it is one, and never for more addresses than were seen.
 */
export function judgeClientAddresses(
  observations: ClientAddressObservations,
  trustedProxies: readonly string[],
): ClientAddressFinding[] {
  const about = { ...observations, trustedProxies, isTrusted: readAddressList(trustedProxies) };
  const misled = [...judgeClaims(about), ...judgeTrusted(about)];
  return [...misled, ...judgeShared(about, misled)].sort(
    (a, b) => urgency(b) - urgency(a) || b.share - a.share || (a.address < b.address ? -1 : 1),
  );
}

const urgency = ({ severity }: ClientAddressFinding): number => (severity === "failure" ? 1 : 0);

function judgeClaims(about: Circumstances): ClientAddressFinding[] {
  const claimants = about.addresses.filter(
    ({ address, claimed }) => claimed >= requestsMin && !about.isTrusted(address),
  );
  const proxies = findProxies(claimants, about);
  const setting = `TRUSTED_PROXIES=${[...about.trustedProxies, ...proxies.map(({ address }) => address)].join(",")}`;
  const isProxy = new Set(proxies);
  // What a trusted proxy was told by its own client is that client's affair: it was not believed, and it is common.
  const forgers = claimants.filter((seen) => !isProxy.has(seen) && (seen.chain[0] ?? seen.address) === seen.address);
  return [
    ...proxies.map((seen) => toFinding(about, seen, { kind: "untrusted-proxy", requests: seen.claimed, setting })),
    ...forgers
      .sort((a, b) => b.claimed - a.claimed)
      .slice(0, forgersMax)
      .map((seen) => toFinding(about, seen, { kind: "forged-header", requests: seen.claimed })),
  ];
}

function judgeTrusted(about: Circumstances): ClientAddressFinding[] {
  return about.addresses.flatMap((seen) => {
    if (!about.isTrusted(seen.address)) return [];
    const own = seen.believed + seen.silent + seen.broken;
    const found: ClientAddressFinding[] = [];
    if (isSilent(seen, own, about.requests)) {
      found.push(toFinding(about, seen, { kind: "silent-proxy", requests: seen.silent }));
    }
    if (seen.broken >= requestsMin && seen.broken >= own * junkOfItsOwn) {
      found.push(toFinding(about, seen, { kind: "broken-header", requests: seen.broken }));
    }
    return found;
  });
}

function isSilent({ address, silent }: AddressObservation, own: number, all: number): boolean {
  if (silent < requestsMin || silent < own * silence.ofItsOwn || silent < all * silence.ofAll) return false;
  return !isLoopback(address) || (silent >= loopback.requests && silent >= all * loopback.share);
}

// A layer-4 balancer and an office's router look alike from here: it is said, and nothing is advised to be trusted.
function judgeShared(about: Circumstances, misled: ClientAddressFinding[]): ClientAddressFinding[] {
  const explained = new Set(misled.map(({ address }) => addressBlock(address)));
  return about.spread
    .filter(({ block, accounts }) => {
      const address = toAddress(block);
      if (explained.has(block) || isLoopback(address) || about.isTrusted(address)) return false;
      return accounts >= shared.accounts && accounts >= about.accounts * shared.share;
    })
    .map(({ block, accounts }) => {
      const seen = about.addresses.find(({ address }) => addressBlock(address) === block);
      return {
        kind: "shared-address" as const,
        severity: "warning" as const,
        address: block,
        chain: [toAddress(block)],
        requests: seen?.plain ?? 0,
        share: toShare(accounts, about.accounts),
        clients: 0,
        accounts,
        setting: null,
      };
    });
}

type Verdict = { kind: ClientAddressFinding["kind"]; requests: number; setting?: string };

function toFinding(
  about: Circumstances,
  seen: AddressObservation,
  { kind, requests, setting }: Verdict,
): ClientAddressFinding {
  return {
    kind,
    severity: kind === "forged-header" ? "warning" : "failure",
    address: seen.address,
    chain: seen.chain.length > 0 || seen.address === otherAddresses ? seen.chain : [seen.address],
    requests,
    share: toShare(requests, about.requests),
    clients: seen.clients,
    accounts: accountsFrom(about, seen.address),
    setting: setting ?? null,
  };
}

/** About how many accounts came from the address's block; 0 where they are few. */
export function accountsFrom({ spread }: Pick<ClientAddressObservations, "spread">, address: string): number {
  if (address === otherAddresses) return 0;
  const block = addressBlock(address);
  return spread.find((one) => one.block === block)?.accounts ?? 0;
}

// Counts that are estimates may come out above their whole.
function toShare(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.min(1, part / whole);
}

function toAddress(block: string): string {
  return block.replace(/\/64$/, "");
}
