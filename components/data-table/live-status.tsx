"use client";

import { ArrowUpIcon, LoaderCircleIcon, TriangleAlertIcon } from "lucide-react";

import type { LivePage } from "@/components/data-table/use-live-page";
import { Button } from "@/components/ui/button";
import { messages } from "@/lib/ui/messages";

const text = messages.table.live;

/** How fresh the rows are: when they were last read, what waits to be shown, and that a look has failed. */
export function LiveStatus({ live }: { live: LivePage<object> }) {
  const { problem, waiting, readAt } = live;
  return (
    <div className="flex min-h-7 min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-[13px] text-muted-foreground">
      {problem === null && readAt !== null ? (
        <span className="tabular-nums">
          {text.updated} <Clock at={readAt} />
        </span>
      ) : null}
      <span role="status" className="contents">
        {problem ? <Stale title={problem.detail ?? problem.title} readAt={readAt} /> : null}
        {waiting ? (
          <Button variant="outline" size="xs" onClick={live.show}>
            <ArrowUpIcon aria-hidden="true" />
            {waiting.added > 0 ? text.show(waiting.added) : text.showChanged}
          </Button>
        ) : null}
      </span>
    </div>
  );
}

function Stale({ title, readAt }: { title: string; readAt: number | null }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 text-foreground">
      <TriangleAlertIcon className="size-4 shrink-0 text-warning" aria-hidden="true" />
      <span className="font-medium">{text.stale}.</span>
      {readAt === null ? null : (
        <span className="tabular-nums">
          {text.staleSince} <Clock at={readAt} />.
        </span>
      )}
      <span className="text-muted-foreground">{title}</span>
      <span className="inline-flex items-center gap-1 text-muted-foreground">
        <LoaderCircleIcon className="size-3.5 animate-spin" aria-hidden="true" />
        {text.retrying}
      </span>
    </span>
  );
}

// Written only after a look, so only ever in the browser, whose zone is the person's.
function Clock({ at }: { at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()}>
      {new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" }).format(at)}
    </time>
  );
}
