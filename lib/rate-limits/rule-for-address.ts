import { isSharedAddress } from "@/lib/client-addresses/is-shared-address";
import type { CurrentRule } from "./limit-settings";

/** How much wider the limits of a shared address are: so that a few people behind it cannot lock out the others. */
const sharedFactor = 20;

const widened = new WeakMap<CurrentRule, CurrentRule>();

/**
 * A rule as it holds for one block of addresses: twenty times as wide where the greater part of all people sit behind that
 * block. What counts by account stays as it is.
 */
export function ruleForAddress(rule: CurrentRule, block: string): CurrentRule {
  if (!isSharedAddress(block)) return rule;
  // The same object each time: charges under one rule are asked about together.
  const known = widened.get(rule) ?? { ...rule, limit: rule.limit * sharedFactor };
  widened.set(rule, known);
  return known;
}
