import { formatNumber } from "@/lib/ui/format";

// A small share is not none.
const percent = (share: number): string => (share > 0 && share < 0.01 ? "under 1" : String(Math.round(share * 100)));

/** What a sentence about one address needs to know of it. */
type Concerned = { address: string; setting: string | null };

const named = (address: string): string => (address === "" ? "Many addresses" : address);

/** English, how clients' addresses are known. */
export const enClientAddresses = {
  title: "Client addresses",
  description:
    "Limits and the log go by the address that a request comes from. It is right only if your proxies are known.",
  banner: "How clients' addresses are known",
  trusted: "Believed proxies",
  trustedNone: "None: the connection's own address counts.",
  judged: (requests: number) => `${formatNumber(requests)} requests in the last ten minutes, health checks apart`,
  alone: "Redis cannot be reached: this is what one instance has seen.",
  calm: "Every request can be told by its client's address",
  quiet: "Nobody has asked for anything in the last ten minutes",
  observed: "Observed",
  chain: (chain: readonly string[]) => chain.map((hop) => (hop === "?" ? "no address" : hop)).join(" ← "),
  setting: "Set",
  settingCopied: "the setting",
  act: "What to do",
  more: (count: number) => (count === 1 ? "and 1 more" : `and ${formatNumber(count)} more`),
  share: {
    requests: (share: number) => `${percent(share)} % of requests`,
    accounts: (share: number) => `${percent(share)} % of accounts`,
  },
  finding: {
    "untrusted-proxy": ({ address }: Concerned) =>
      `Requests arrive through ${named(address)}, a proxy that is not trusted: all its clients count as one address.`,
    "silent-proxy": ({ address }: Concerned) =>
      `The trusted proxy ${named(address)} does not say whom it forwards for: all its clients count as one address.`,
    "broken-header": ({ address }: Concerned) =>
      `The trusted proxy ${named(address)} forwards for what is no address: no limit by address holds for it.`,
    "forged-header": ({ address }: Concerned) =>
      `${named(address)} claims to forward for others, as a proxy does, and is not trusted.`,
    "shared-address": ({ address }: Concerned) => `Nearly all accounts come from ${named(address)}.`,
  },
  mend: {
    "untrusted-proxy": ({ address, setting }: Concerned) =>
      `If ${named(address)} is your own proxy, set ${setting ?? "TRUSTED_PROXIES"} and restart every instance. If it is not, keep it from reaching Gatehouse.`,
    "silent-proxy": () =>
      "Let it send X-Forwarded-For, and append to it the address that it was reached from; Forwarded alone is not read.",
    "broken-header": () =>
      "Let it append the plain address that it was reached from to X-Forwarded-For, and nothing behind that.",
    "forged-header": () =>
      "Nothing needs to be set: what it claims is not believed, and its limits are those of its own address. Look at what it asks for, and block it if need be.",
    "shared-address": () =>
      "Behind one router that is as it should be. If it is a balancer of yours, let it name its clients in X-Forwarded-For.",
  },
};
