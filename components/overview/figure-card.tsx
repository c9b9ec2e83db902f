import type { ReactNode } from "react";

import { Sparkline } from "@/components/overview/sparkline";
import { ScopeLink } from "@/components/scope/scope-link";
import { Card } from "@/components/ui/card";
import { cn } from "@/lib/ui/cn";

/** Properties of a figure; `value` is null where it is not for the viewer. */
export type FigureCardProps = {
  label: string;
  value: string | null;
  /** What the figure counts, or the ways into its parts. */
  note: ReactNode;
  /** The list behind the figure, as a place within the scope. */
  href?: string;
  trend?: readonly number[];
  trendClassName?: string;
};

/** One figure, how it went, and the way to the list behind it. */
export function FigureCard({ label, value, note, href, trend, trendClassName }: FigureCardProps) {
  return (
    <Card className="justify-between gap-3 overflow-hidden">
      <div className="flex flex-col gap-1 px-5 pt-4">
        <h2 className="text-[13px] text-muted-foreground">{label}</h2>
        <p
          className={cn(
            "font-semibold text-2xl tabular-nums tracking-tight",
            value === null && "text-muted-foreground",
          )}
        >
          {value !== null && href ? (
            <ScopeLink
              href={href}
              prefetch={false}
              className="rounded-sm underline-offset-4 outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
            >
              {value}
            </ScopeLink>
          ) : (
            (value ?? "–")
          )}
        </p>
        <div className="flex min-h-5 flex-wrap gap-x-3 text-muted-foreground text-xs">{note}</div>
      </div>
      <div className="h-7">{trend ? <Sparkline values={trend} className={trendClassName} /> : null}</div>
    </Card>
  );
}
