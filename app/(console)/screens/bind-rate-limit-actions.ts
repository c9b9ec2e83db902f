import type { RateLimitActions } from "@/components/rate-limits/rate-limit-actions";
import {
  createRateLimitBlockAction,
  createRateLimitExemptionAction,
  deleteRateLimitBlockAction,
  deleteRateLimitExemptionAction,
  getRateLimitsAction,
  listRateLimitBlocksAction,
  listRateLimitRefusalsAction,
  listRateLimitTopAction,
  previewRateLimitRuleAction,
  updateRateLimitRuleAction,
} from "../actions/rate-limit-actions";

/** The acts on the rate limits in one scope, as the screens hand them to their components. */
export const bindRateLimitActions = (tenantSlug: string | null): RateLimitActions => ({
  limits: getRateLimitsAction.bind(null, tenantSlug),
  blocks: listRateLimitBlocksAction.bind(null, tenantSlug),
  refusals: listRateLimitRefusalsAction.bind(null, tenantSlug),
  top: listRateLimitTopAction.bind(null, tenantSlug),
  block: createRateLimitBlockAction.bind(null, tenantSlug),
  clear: deleteRateLimitBlockAction.bind(null, tenantSlug),
  exempt: createRateLimitExemptionAction.bind(null, tenantSlug),
  unexempt: deleteRateLimitExemptionAction.bind(null, tenantSlug),
  preview: previewRateLimitRuleAction.bind(null, tenantSlug),
  update: updateRateLimitRuleAction.bind(null, tenantSlug),
});
