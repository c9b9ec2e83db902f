import { PageHeader } from "@/components/layout/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { messages } from "@/lib/ui/messages";

const { title, description } = messages.rateLimits;
const FIGURES = ["allowed", "refused", "observed", "blocked"];

/** The shape of the rate limits while they are on their way. */
export function RateLimitsLoading() {
  return (
    <>
      <PageHeader title={title} description={description} />
      <div role="status" aria-label={messages.common.loading} className="flex flex-col gap-4">
        <Skeleton className="h-9 w-full max-w-md" />
        <div className="grid grid-cols-2 gap-3 sm:gap-4 xl:grid-cols-4">
          {FIGURES.map((figure) => (
            <Skeleton key={figure} className="h-36 rounded-xl" />
          ))}
        </div>
        <Skeleton className="h-80 rounded-xl" />
        <div className="grid gap-4 xl:grid-cols-2">
          <Skeleton className="h-64 rounded-xl" />
          <Skeleton className="h-64 rounded-xl" />
        </div>
      </div>
    </>
  );
}
