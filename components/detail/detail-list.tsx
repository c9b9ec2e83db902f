import type { ReactNode } from "react";

import { cn } from "@/lib/ui/cn";

/** Facts about one thing: names at the start, values beside them. */
export function DetailList({ children, className }: { children: ReactNode; className?: string }) {
  return <dl className={cn("divide-y text-[13px]", className)}>{children}</dl>;
}

/** One fact. The value may be anything; long words break rather than push the page wide. */
export function Detail({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7.5rem_1fr] items-baseline gap-x-4 py-2">
      <dt className="text-muted-foreground">{label}</dt>
      <dd className="min-w-0 tabular-nums [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
