import { ChartLegend } from "@/components/charts/chart-legend";
import { ChartTable } from "@/components/charts/chart-table";
import { hourOf, logPath, sumHours } from "@/components/overview/overview-sums";
import { SignInsChart } from "@/components/overview/sign-ins-chart";
import { ScopeLink } from "@/components/scope/scope-link";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { Overview, OverviewHour } from "@/lib/overview/schemas";
import { formatCount } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.overview.chart;

/** Sign-ins over a day as a chart, and as a table for those who want the numbers. */
export function SignInsCard({ hours }: { hours: Overview["hours"] }) {
  return (
    <Card>
      <CardHeader className="flex-row flex-wrap items-center justify-between gap-3">
        <CardTitle>{text.title}</CardTitle>
        {hours ? (
          <ChartLegend
            colours={[
              { className: "bg-chart-1", label: text.signedIn },
              { className: "bg-chart-4", label: text.failed },
            ]}
          />
        ) : null}
      </CardHeader>
      <CardContent className="pt-4">{hours ? <Hours hours={hours} /> : <Note>{text.notYours}</Note>}</CardContent>
    </Card>
  );
}

function Hours({ hours }: { hours: readonly OverviewHour[] }) {
  const { signedIn, signInsFailed, capped } = sumHours(hours);
  return (
    <div className="flex flex-col gap-3">
      <SignInsChart
        hours={hours}
        label={text.label(formatCount(signedIn, capped), formatCount(signInsFailed, capped))}
      />
      {signedIn + signInsFailed === 0 ? <Note>{text.none}</Note> : null}
      {capped ? <Note>{text.capped}</Note> : null}
      <ChartTable
        summary={text.table}
        nameHeading={text.hour}
        headings={[text.signedIn, text.failed, text.denied]}
        rows={hours.map((hour) => ({
          key: hour.startsAt,
          name: <HourLink hour={hour} />,
          figures: [hour.signedIn, hour.signInsFailed, hour.denied].map((count) => formatCount(count, hour.capped)),
        }))}
      />
    </div>
  );
}

function HourLink({ hour }: { hour: OverviewHour }) {
  return (
    <ScopeLink
      href={logPath({ action: "session.create", from: hour.startsAt, to: endOf(hour) })}
      prefetch={false}
      className="rounded-sm underline underline-offset-4 outline-none focus-visible:ring-2 focus-visible:ring-ring"
    >
      {hourOf(hour.startsAt)}
    </ScopeLink>
  );
}

const endOf = ({ startsAt }: OverviewHour): string => new Date(Date.parse(startsAt) + 3_600_000).toISOString();

function Note({ children }: { children: string }) {
  return <p className="text-muted-foreground text-sm">{children}</p>;
}
