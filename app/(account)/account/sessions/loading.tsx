import { Skeleton } from "@/components/ui/skeleton";
import { messages } from "@/lib/ui/messages";

const rows = ["first", "second", "third"];

/** The shape of the page of one's devices, while it is on its way. */
export default function OwnSessionsLoading() {
  return (
    <div role="status" aria-label={messages.common.loading} className="flex flex-col gap-5">
      <div className="flex flex-col gap-2">
        <Skeleton className="h-6 w-40" />
        <Skeleton className="h-4 w-80 max-w-full" />
      </div>
      <div className="flex flex-col gap-px overflow-hidden rounded-xl border">
        {rows.map((row) => (
          <Skeleton key={row} className="h-28 rounded-none sm:h-20" />
        ))}
      </div>
    </div>
  );
}
