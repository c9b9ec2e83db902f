"use client";

import { useHydrated } from "@/components/auth/use-hydrated";
import { formatExactMillis } from "@/lib/ui/format-exact-millis";

/**
 * A moment to the millisecond, because a receipt is evidence. In UTC until the page is interactive and in the person's
 * own zone from then on; either way the zone is named.
 */
export function ExactTime({ value }: { value: string }) {
  const hydrated = useHydrated();
  const at = new Date(value);
  return (
    <time dateTime={value} className="font-mono text-[12px] tabular-nums">
      {formatExactMillis(at.getTime(), hydrated ? undefined : "UTC")}
    </time>
  );
}
