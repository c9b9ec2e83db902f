import { NoAccess } from "@/components/auth/no-access";
import { LinkTabs } from "@/components/detail/link-tabs";
import { PageHeader } from "@/components/layout/page-header";
import { pageViewer } from "@/lib/http/page-viewer";
import { messages } from "@/lib/ui/messages";
import { scopePath } from "@/lib/ui/scope-path";
import { loadRateLimitsView, rateLimitsViews } from "../lists/rate-limits-list";
import { RateLimitsPart } from "./rate-limits-parts";
import type { ScreenProps } from "./screen-props";

const text = messages.rateLimits;

/** What the limiter does, whom it keeps out, how it is set, and how it went. */
export async function RateLimitsScreen({ params, searchParams }: ScreenProps) {
  const { tenantSlug = null } = await params;
  const [viewer, { view, rule, granularity }] = await Promise.all([
    pageViewer(tenantSlug ?? undefined),
    loadRateLimitsView(searchParams),
  ]);
  if (!viewer.permissions.includes("rate-limits.read")) return <NoAccess viewer={viewer} />;
  const path = scopePath(tenantSlug, "/rate-limits");
  const tabs = rateLimitsViews.map((id) => ({
    id,
    label: text.views[id],
    href: id === "now" ? path : `${path}?view=${id}`,
  }));
  return (
    <>
      <PageHeader title={text.title} description={tenantSlug === null ? text.description : text.descriptionOfTenant} />
      <div className="flex flex-col gap-5">
        <LinkTabs label={text.views.label} tabs={tabs} current={view} />
        <RateLimitsPart
          view={view}
          rule={rule}
          granularity={granularity}
          viewer={viewer}
          tenantSlug={tenantSlug}
          params={params}
          searchParams={searchParams}
        />
      </div>
    </>
  );
}
