import { redirect } from "next/navigation";
import { Suspense } from "react";

import { NoAccess } from "@/components/auth/no-access";
import { navigationOf } from "@/components/layout/console-navigation";
import { PageHeader } from "@/components/layout/page-header";
import { AttentionCard } from "@/components/overview/attention-card";
import { LatestEvents } from "@/components/overview/latest-events";
import { OverviewFigures } from "@/components/overview/overview-figures";
import { OverviewSkeleton } from "@/components/overview/overview-skeleton";
import { SignInsCard } from "@/components/overview/sign-ins-card";
import { pageQuery } from "@/lib/http/page-query";
import { type PageViewer, pageViewer } from "@/lib/http/page-viewer";
import { getOverview } from "@/lib/overview/get-overview";
import { messages } from "@/lib/ui/messages";
import type { ScreenProps } from "./screen-props";

const text = messages.overview;

/** How a scope stands at a glance: where its console opens. */
export async function OverviewScreen({ params }: Pick<ScreenProps, "params">) {
  const { tenantSlug = null } = await params;
  const viewer = await pageViewer(tenantSlug ?? undefined);
  if (!viewer.permissions.includes("sessions.read")) return leaveFor(viewer, tenantSlug);
  return (
    <>
      <PageHeader title={text.title} description={tenantSlug === null ? text.description : text.descriptionOfTenant} />
      <Suspense fallback={<OverviewSkeleton />}>
        <OverviewBody tenantSlug={tenantSlug} />
      </Suspense>
    </>
  );
}

async function OverviewBody({ tenantSlug }: { tenantSlug: string | null }) {
  const overview = await pageQuery(getOverview, {
    params: Promise.resolve({ tenantSlug: tenantSlug ?? undefined }),
  });
  return (
    <div className="flex flex-col gap-4">
      <OverviewFigures overview={overview} inTenant={tenantSlug !== null} />
      <div className="grid items-start gap-4 xl:grid-cols-[2fr_1fr]">
        <SignInsCard hours={overview.hours} />
        <AttentionCard attention={overview.attention} />
      </div>
      <LatestEvents events={overview.events} />
    </div>
  );
}

// Whoever sees something else of the scope, such as an auditor its log, begins there.
function leaveFor(viewer: PageViewer, tenantSlug: string | null) {
  const scope =
    tenantSlug === null
      ? ({ kind: "platform" } as const)
      : ({ kind: "tenant", slug: tenantSlug, name: tenantSlug } as const);
  const open = navigationOf(scope, viewer)
    .flatMap(({ items }) => items)
    .find(({ permission }) => permission !== undefined);
  if (open) redirect(open.href);
  return <NoAccess viewer={viewer} />;
}
