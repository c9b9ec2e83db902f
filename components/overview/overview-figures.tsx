import { FigureCard } from "@/components/overview/figure-card";
import { logPath, type OverviewSums, sumHours } from "@/components/overview/overview-sums";
import { ScopeLink } from "@/components/scope/scope-link";
import type { Overview } from "@/lib/overview/schemas";
import { formatCount, formatEstimate, formatNumber } from "@/lib/ui/format";
import { messages } from "@/lib/ui/messages";

const text = messages.overview.figure;

/** The four live figures. */
export function OverviewFigures({ overview, inTenant }: { overview: Overview; inTenant: boolean }) {
  const { activeSessions, users, hours } = overview;
  return (
    <div className="grid grid-cols-2 gap-3 sm:gap-4 xl:grid-cols-4">
      <FigureCard
        label={text.sessions}
        value={formatCount(activeSessions.count, activeSessions.capped)}
        note={text.sessionsHint}
        href="/sessions"
      />
      <SignIns hours={hours} />
      <Refused hours={hours} />
      <FigureCard
        label={text.users}
        value={users && sayUsers(users)}
        note={users === null ? text.notYours : inTenant ? text.usersOfTenant : text.usersHint}
        href="/users"
      />
    </div>
  );
}

type HoursProps = { hours: Overview["hours"] };

function SignIns({ hours }: HoursProps) {
  if (hours === null) return <FigureCard label={text.signIns} value={null} note={text.notYours} />;
  const { signedIn, signInsFailed, capped } = sumHours(hours);
  const query = { action: "session.create", from: hours[0]?.startsAt ?? "" };
  return (
    <FigureCard
      label={text.signIns}
      value={formatCount(signedIn, capped)}
      note={
        <>
          <span>{text.lastDay}</span>
          <NoteLink href={logPath({ ...query, outcome: "failure" })}>
            {text.failed(formatCount(signInsFailed, capped))}
          </NoteLink>
        </>
      }
      href={logPath({ ...query, outcome: "success" })}
      trend={hours.map((hour) => hour.signedIn)}
    />
  );
}

function Refused({ hours }: HoursProps) {
  if (hours === null) return <FigureCard label={text.refused} value={null} note={text.notYours} />;
  const sums: OverviewSums = sumHours(hours);
  const from = hours[0]?.startsAt ?? "";
  return (
    <FigureCard
      label={text.refused}
      value={formatCount(sums.denied + sums.failed, sums.capped)}
      note={
        <>
          <span>{text.lastDay}</span>
          <NoteLink href={logPath({ outcome: "denied", from })}>{text.denied(formatNumber(sums.denied))}</NoteLink>
          <NoteLink href={logPath({ outcome: "failure", from })}>{text.failed(formatNumber(sums.failed))}</NoteLink>
        </>
      }
      trend={hours.map((hour) => hour.denied + hour.failed)}
      trendClassName="text-chart-4"
    />
  );
}

function NoteLink({ href, children }: { href: string; children: string }) {
  return (
    <ScopeLink
      href={href}
      prefetch={false}
      className="rounded-sm underline underline-offset-4 outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring"
    >
      {children}
    </ScopeLink>
  );
}

function sayUsers({ count, precision }: NonNullable<Overview["users"]>): string {
  return precision === "estimate" ? formatEstimate(count) : formatCount(count, precision === "capped");
}
