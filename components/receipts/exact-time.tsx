"use client";

import { useHydrated } from "@/components/auth/use-hydrated";
import { formatExactMillis, formatTimeOfDayMillis } from "@/lib/ui/format-exact-millis";

/**
 * A moment to the millisecond, because a receipt is evidence. In UTC until the page is interactive and in the person's
 * own zone from then on; either way the zone is named. `timeOnly` leaves out what a moment nearby says: day and zone.
 */
export function ExactTime({ value, timeOnly = false }: { value: string; timeOnly?: boolean }) {
  const hydrated = useHydrated();
  const at = new Date(value);
  return (
    <time dateTime={value} className="font-mono text-[12px] tabular-nums">
      {(timeOnly ? formatTimeOfDayMillis : formatExactMillis)(at.getTime(), hydrated ? undefined : "UTC")}
    </time>
  );
}
