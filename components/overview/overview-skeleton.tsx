import { Skeleton } from "@/components/ui/skeleton";
import { messages } from "@/lib/ui/messages";

const FIGURES = ["sessions", "sign-ins", "refused", "users"];

/** The shape of the overview while it is on its way. */
export function OverviewSkeleton() {
  return (
    <div role="status" aria-label={messages.common.loading} className="flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-3 sm:gap-4 xl:grid-cols-4">
        {FIGURES.map((figure) => (
          <Skeleton key={figure} className="h-36 rounded-xl" />
        ))}
      </div>
      <div className="grid gap-4 xl:grid-cols-[2fr_1fr]">
        <Skeleton className="h-72 rounded-xl" />
        <Skeleton className="h-72 rounded-xl" />
      </div>
      <Skeleton className="h-64 rounded-xl" />
    </div>
  );
}
