import { createLoader, parseAsString, parseAsStringLiteral, type SearchParams } from "nuqs/server";

import { rateLimitRuleKey } from "@/lib/rate-limit-monitor/schemas";
import { rateLimitGranularities } from "@/lib/rate-limit-monitor/series-schemas";
import type { ListDefinition } from "@/lib/ui/list-search-params";

/** The parts of the page, each with an address of its own; the first is the one without a parameter. */
export const rateLimitsViews = ["now", "blocks", "rules", "exempt", "history"] as const;

/** A member of `rateLimitsViews`. */
export type RateLimitsView = (typeof rateLimitsViews)[number];

/** What may stand in the URL of the list of blocks. */
export const rateLimitBlocksList: ListDefinition = {
  id: "rate-limit-blocks",
  sortKeys: ["blockedUntil"],
  defaultSort: "-blockedUntil",
  filters: ["kind", "rule", "dimension", "tenant"],
};

/** What may stand in the URL of the allow-list. */
export const rateLimitExemptionsList: ListDefinition = {
  id: "rate-limit-exemptions",
  sortKeys: ["expiresAt"],
  defaultSort: "-expiresAt",
  filters: ["kind", "status", "tenant"],
};

const load = createLoader({
  view: parseAsStringLiteral(rateLimitsViews).withDefault("now"),
  rule: parseAsString,
  granularity: parseAsStringLiteral(rateLimitGranularities).withDefault("hour"),
});

/** Which part of the page the URL asks for, of which rule (null: all), and how finely. */
export async function loadRateLimitsView(searchParams: Promise<SearchParams>) {
  const { rule, ...rest } = await load(searchParams);
  const known = rateLimitRuleKey.safeParse(rule);
  return { ...rest, rule: known.success ? known.data : null };
}
