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
          <ul aria-hidden="true" className="flex gap-4 text-muted-foreground text-xs">
            <Legend className="bg-chart-1">{text.signedIn}</Legend>
            <Legend className="bg-chart-4">{text.failed}</Legend>
          </ul>
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
      <details className="text-[13px]">
        <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground text-xs outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring">
          {text.table}
        </summary>
        <HoursTable hours={hours} />
      </details>
    </div>
  );
}

function HoursTable({ hours }: { hours: readonly OverviewHour[] }) {
  return (
    <table className="mt-2 w-full text-[13px] tabular-nums">
      <thead>
        <tr className="text-muted-foreground text-xs [&>th]:py-1 [&>th]:font-medium">
          <th scope="col" className="text-start">
            {text.hour}
          </th>
          {[text.signedIn, text.failed, text.denied].map((heading) => (
            <th key={heading} scope="col" className="text-end">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y">
        {[...hours].reverse().map((hour) => (
          <tr key={hour.startsAt} className="[&>td]:py-1 [&>td]:text-end">
            <th scope="row" className="text-start font-normal">
              <ScopeLink
                href={logPath({ action: "session.create", from: hour.startsAt, to: endOf(hour) })}
                prefetch={false}
                className="rounded-sm underline underline-offset-4 outline-none focus-visible:ring-2 focus-visible:ring-ring"
              >
                {hourOf(hour.startsAt)}
              </ScopeLink>
            </th>
            <td>{formatCount(hour.signedIn, hour.capped)}</td>
            <td>{formatCount(hour.signInsFailed, hour.capped)}</td>
            <td>{formatCount(hour.denied, hour.capped)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const endOf = ({ startsAt }: OverviewHour): string => new Date(Date.parse(startsAt) + 3_600_000).toISOString();

function Legend({ className, children }: { className: string; children: string }) {
  return (
    <li className="flex items-center gap-1.5">
      <span className={`size-2 rounded-[2px] ${className}`} />
      {children}
    </li>
  );
}

function Note({ children }: { children: string }) {
  return <p className="text-muted-foreground text-sm">{children}</p>;
}
