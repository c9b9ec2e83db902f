import { EventSentence } from "@/components/audit/event-sentence";
import { OutcomeBadge } from "@/components/audit/outcome-badge";
import { RelativeTime } from "@/components/feedback/relative-time";
import { ScopeLink } from "@/components/scope/scope-link";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { Overview, OverviewEvent } from "@/lib/overview/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.overview.events;

/** The newest events that concern security; each opens in the audit log. */
export function LatestEvents({ events }: { events: Overview["events"] }) {
  return (
    <Card>
      <CardHeader className="flex-row items-center justify-between gap-3">
        <CardTitle>{text.title}</CardTitle>
        {events ? (
          <ScopeLink
            href="/audit"
            prefetch={false}
            className="rounded-sm text-muted-foreground text-xs underline underline-offset-4 outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring"
          >
            {text.all}
          </ScopeLink>
        ) : null}
      </CardHeader>
      <CardContent className="pt-3">{events ? <Events events={events} /> : <Note>{text.notYours}</Note>}</CardContent>
    </Card>
  );
}

function Events({ events }: { events: readonly OverviewEvent[] }) {
  if (events.length === 0) {
    return (
      <div className="flex flex-col text-[13px]">
        <span className="font-medium">{text.none}</span>
        <span className="text-muted-foreground">{text.noneHint}</span>
      </div>
    );
  }
  return (
    <ul className="divide-y text-[13px]">
      {events.map((event) => (
        <li key={event.id} className="flex items-baseline gap-3 py-2">
          <ScopeLink
            href={`/audit?event=${event.id}`}
            prefetch={false}
            className="min-w-0 flex-1 rounded-sm underline-offset-4 outline-none [overflow-wrap:anywhere] hover:underline focus-visible:ring-2 focus-visible:ring-ring"
          >
            <EventSentence event={event} />
          </ScopeLink>
          {event.outcome === "success" ? null : <OutcomeBadge outcome={event.outcome} />}
          <RelativeTime value={event.at} className="text-muted-foreground text-xs" />
        </li>
      ))}
    </ul>
  );
}

function Note({ children }: { children: string }) {
  return <p className="text-muted-foreground text-sm">{children}</p>;
}
