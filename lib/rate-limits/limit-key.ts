import { createHash } from "node:crypto";

/** The Redis key of one limit for one account or address. Hashed: Redis is no place for people's addresses. */
export function limitKey(rule: string, dimension: "account" | "address", value: string): string {
  const digest = createHash("sha256").update(`${dimension}:${value}`).digest("hex").slice(0, 32);
  return `{rl:${rule}:${dimension}:${digest}}`;
}
