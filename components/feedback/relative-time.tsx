"use client";

import { useClock } from "@/components/feedback/clock-provider";
import { Tooltip } from "@/components/ui/tooltip";
import { cn } from "@/lib/ui/cn";
import { formatExact, formatRelative } from "@/lib/ui/format";

/** Properties of a relative time. `value` is RFC 3339 or epoch milliseconds. */
export type RelativeTimeProps = { value: string | number | null; absent?: string; className?: string };

/**
 * "5 min. ago", with the exact time and its zone on hover and on focus. It is a button because only something
 * focusable can show a tooltip to a keyboard; the exact time is in its name for those who hear the page.
 */
export function RelativeTime({ value, absent = "–", className }: RelativeTimeProps) {
  const now = useClock();
  if (value === null) return <span className={cn("text-muted-foreground", className)}>{absent}</span>;
  const at = new Date(value).getTime();
  return (
    <Tooltip label={<ExactTime at={at} />}>
      <button
        type="button"
        className={cn(
          "cursor-default! whitespace-nowrap rounded-sm tabular-nums outline-none focus-visible:ring-2 focus-visible:ring-ring",
          className,
        )}
      >
        <time dateTime={new Date(at).toISOString()}>{formatRelative(at, now)}</time>
      </button>
    </Tooltip>
  );
}

/** Rendered only inside an open tooltip, so only ever in the browser, whose zone is the person's. */
function ExactTime({ at }: { at: number }) {
  return formatExact(at);
}
