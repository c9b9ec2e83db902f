import type { RuleDimension, RuleKey } from "@/lib/rate-limits/rule-catalogue";
import type { BlockPosition } from "./block-order";
import type { BlockRow } from "./block-row";
import type { RateLimitBlockKind } from "./block-schemas";

/** Which blocks a page shows. */
export type BlocksQuery = {
  search: string;
  kind: RateLimitBlockKind | undefined;
  rule: RuleKey | undefined;
  dimension: RuleDimension | undefined;
  tenant: string | undefined;
  descending: boolean;
  after: BlockPosition | undefined;
  limit: number;
  /** The tenant of the scope; null: the platform. */
  scopeTenantId: string | null;
};

/** `tenantId`: the tenant that the blocks concern, of the scope or asked for. */
export type BlocksRequest = BlocksQuery & { tenantId: string | null };

/** A page of some blocks, and where the search for it stopped with more to look at; null when it has seen them all. */
export type BlocksPart = { rows: BlockRow[]; stoppedAt: BlockPosition | null };
