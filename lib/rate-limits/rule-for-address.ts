import { sharedAddressFactor } from "@/lib/client-addresses/shared-address-factor";
import type { CurrentRule } from "./limit-settings";

const widened = new WeakMap<CurrentRule, CurrentRule>();

/** A rule as it holds for one block of addresses: wider where the greater part of all people sit behind that block. */
export function ruleForAddress(rule: CurrentRule, block: string): CurrentRule {
  const factor = sharedAddressFactor(block);
  if (factor === 1) return rule;
  // The same object each time: charges under one rule are asked about together.
  const known = widened.get(rule) ?? { ...rule, limit: rule.limit * factor };
  widened.set(rule, known);
  return known;
}
