import { BlocksTable } from "@/components/rate-limits/blocks-table";
import { ExemptionsTable } from "@/components/rate-limits/exemptions-table";
import { HistoryCard } from "@/components/rate-limits/history-card";
import { LiveRateLimits } from "@/components/rate-limits/live-rate-limits";
import { rowsNow } from "@/components/rate-limits/rate-limit-actions";
import { RulesCard } from "@/components/rate-limits/rules-card";
import { pageResult } from "@/lib/http/page-query";
import type { PageViewer } from "@/lib/http/page-viewer";
import { getRateLimits } from "@/lib/rate-limit-monitor/get-rate-limits";
import { listRateLimitBlocks } from "@/lib/rate-limit-monitor/list-rate-limit-blocks";
import { listRateLimitExemptions } from "@/lib/rate-limit-monitor/list-rate-limit-exemptions";
import { listRateLimitHistory } from "@/lib/rate-limit-monitor/list-rate-limit-history";
import { listRateLimitRefusals } from "@/lib/rate-limit-monitor/list-rate-limit-refusals";
import { listRateLimitRules } from "@/lib/rate-limit-monitor/list-rate-limit-rules";
import { listRateLimitTop } from "@/lib/rate-limit-monitor/list-rate-limit-top";
import type { RateLimitRuleKey } from "@/lib/rate-limit-monitor/schemas";
import type { RateLimitGranularity, RateLimitTopDimension } from "@/lib/rate-limit-monitor/series-schemas";
import { type RateLimitsView, rateLimitBlocksList, rateLimitExemptionsList } from "../lists/rate-limits-list";
import { loadList } from "../load-list";
import { bindRateLimitActions } from "./bind-rate-limit-actions";
import type { ScreenProps } from "./screen-props";

type PartProps = ScreenProps & {
  viewer: PageViewer;
  tenantSlug: string | null;
  rule: RateLimitRuleKey | null;
  granularity: RateLimitGranularity;
};

/** The part of the rate limits that the URL asks for. */
export function RateLimitsPart({ view, ...props }: PartProps & { view: RateLimitsView }) {
  switch (view) {
    case "now":
      return <Now {...props} />;
    case "blocks":
      return <Blocks {...props} />;
    case "rules":
      return <Rules {...props} />;
    case "exempt":
      return <Exemptions {...props} />;
    case "history":
      return <History {...props} />;
  }
}

async function Now({ viewer, tenantSlug }: PartProps) {
  const params = Promise.resolve({ tenantSlug: tenantSlug ?? undefined });
  const top = (dimension: RateLimitTopDimension) =>
    pageResult(listRateLimitTop, { params, input: { dimension, limit: rowsNow.top } });
  const [limits, blocks, refusals, address, account, path, caller, operation, tenant] = await Promise.all([
    pageResult(getRateLimits, { params }),
    pageResult(listRateLimitBlocks, { params, input: { limit: rowsNow.blocks } }),
    pageResult(listRateLimitRefusals, { params, input: { limit: rowsNow.refusals } }),
    top("address"),
    top("account"),
    top("path"),
    top("caller"),
    top("caller-operation"),
    top("tenant"),
  ]);
  return (
    <LiveRateLimits
      now={{
        limits,
        blocks,
        refusals,
        tops: { address, account, path, caller, "caller-operation": operation, tenant },
      }}
      mayClear={viewer.permissions.includes("rate-limits.clear")}
      actions={bindRateLimitActions(tenantSlug)}
    />
  );
}

async function Blocks({ viewer, tenantSlug, params, searchParams }: PartProps) {
  const result = await loadList(listRateLimitBlocks, { list: rateLimitBlocksList, params, searchParams });
  return (
    <BlocksTable
      list={rateLimitBlocksList}
      page={result.ok ? result.data : null}
      problem={result.ok ? null : result.problem}
      mayClear={viewer.permissions.includes("rate-limits.clear")}
      actions={bindRateLimitActions(tenantSlug)}
    />
  );
}

async function Exemptions({ viewer, tenantSlug, params, searchParams }: PartProps) {
  const result = await loadList(listRateLimitExemptions, { list: rateLimitExemptionsList, params, searchParams });
  return (
    <ExemptionsTable
      list={rateLimitExemptionsList}
      page={result.ok ? result.data : null}
      problem={result.ok ? null : result.problem}
      mayClear={viewer.permissions.includes("rate-limits.clear")}
      actions={bindRateLimitActions(tenantSlug)}
    />
  );
}

async function Rules({ viewer, tenantSlug, params }: PartProps) {
  return (
    <RulesCard
      rules={await pageResult(listRateLimitRules, { params })}
      mayUpdate={viewer.permissions.includes("rate-limits.update")}
      actions={bindRateLimitActions(tenantSlug)}
    />
  );
}

async function History({ params, rule, granularity }: PartProps) {
  const input = { granularity, ...(rule === null ? {} : { rule }) };
  return (
    <HistoryCard
      history={await pageResult(listRateLimitHistory, { params, input })}
      rule={rule}
      granularity={granularity}
    />
  );
}
