import { type AddressFacts, findFacts } from "./attempt-store";

export type { AddressFacts };

/** Milliseconds for which what was read of an address is used again: a flood of refused attempts asks the database little. */
const keptMilliseconds = 5_000;
const keptMax = 1_000;

type Kept = { facts: Promise<AddressFacts>; until: number };

const kept = new Map<string, Kept>();

/**
 * What is known of an address before its password is tried, up to five seconds old. It tells records whose an attempt was,
 * and how long a refusal lasts; nothing is decided by it. Throws `UNAVAILABLE`.
 */
export function findAddressFacts(email: string): Promise<AddressFacts> {
  const known = kept.get(email);
  if (known && known.until > performance.now()) return known.facts;
  const facts = findFacts(email);
  kept.delete(email);
  kept.set(email, { facts, until: performance.now() + keptMilliseconds });
  facts.catch(() => kept.delete(email));
  const oldest = kept.keys().next().value;
  if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest);
  return facts;
}
