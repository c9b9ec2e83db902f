import type { ListPage } from "@/components/data-table/list-page";
import type { RateLimitBlock } from "@/lib/rate-limit-monitor/block-schemas";
import type { RateLimitExemption } from "@/lib/rate-limit-monitor/exemption-schemas";
import type { RateLimitPreview, RateLimitRule } from "@/lib/rate-limit-monitor/rule-schemas";
import type { RateLimits } from "@/lib/rate-limit-monitor/schemas";
import type {
  RateLimitRefusal,
  RateLimitTopDimension,
  RateLimitTopEntry,
} from "@/lib/rate-limit-monitor/series-schemas";
import type { ActionResult } from "@/lib/ui/action-result";

type Asked<Output> = (input: Record<string, unknown>) => Promise<ActionResult<Output>>;

/** The server actions that the pages of the rate limits hand to their components. */
export type RateLimitActions = {
  limits: Asked<RateLimits>;
  blocks: Asked<ListPage<RateLimitBlock>>;
  refusals: Asked<ListPage<RateLimitRefusal>>;
  top: Asked<ListPage<RateLimitTopEntry>>;
  block: Asked<RateLimitBlock>;
  clear: Asked<null>;
  exempt: Asked<RateLimitExemption>;
  unexempt: Asked<null>;
  preview: Asked<RateLimitPreview>;
  update: Asked<RateLimitRule>;
};

/** Everything that the live page shows, each part with its own success or failure. */
export type RateLimitsNow = {
  limits: ActionResult<RateLimits>;
  blocks: ActionResult<ListPage<RateLimitBlock>>;
  refusals: ActionResult<ListPage<RateLimitRefusal>>;
  tops: Record<RateLimitTopDimension, ActionResult<ListPage<RateLimitTopEntry>>>;
};

/** How many rows the parts of the live page ask for. */
export const rowsNow = { blocks: 10, refusals: 10, top: 5 };
