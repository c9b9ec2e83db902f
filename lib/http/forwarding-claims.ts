import { normalizeAddress } from "./client-address";

/** What a request says of those it was forwarded for, whoever says it. */
export type ForwardingClaims = {
  /** `X-Forwarded-For` as it came. */
  forwardedFor: string | undefined;
  /** `Forwarded` (RFC 7239) as it came; looked at only where the other is missing. */
  forwarded: string | undefined;
};

/**
 * The addresses that a request says it was forwarded for, the nearest first, at most `max`; null stands for what is no
 * address (`unknown`, an obfuscated name, junk). To be shown and counted, never to be believed.
 */
export function claimedHops({ forwardedFor, forwarded }: ForwardingClaims, max: number): (string | null)[] {
  const text = forwardedFor ?? forwarded ?? "";
  const hops: (string | null)[] = [];
  let end = text.length;
  while (end > 0 && hops.length < max) {
    const comma = text.lastIndexOf(",", end - 1);
    const entry = text.slice(comma + 1, end).trim();
    if (entry !== "") hops.push(normalizeAddress(forwardedFor === undefined ? forOf(entry) : entry));
    end = comma;
  }
  return hops;
}

// The value of `for` in one element of RFC 7239: a token, or a quoted string where it is IPv6 or has a port.
function forOf(element: string): string {
  const match = /(?:^|;)\s*for\s*=\s*(?:"([^"]*)"|([^\s;"]+))/i.exec(element);
  return match?.[1] ?? match?.[2] ?? "";
}
