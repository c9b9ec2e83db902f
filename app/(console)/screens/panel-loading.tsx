import { Skeleton } from "@/components/ui/skeleton";
import { messages } from "@/lib/ui/messages";

/** The shape of a page with a head and one large part, while it is on its way. */
export function PanelLoading() {
  return (
    <div role="status" aria-label={messages.common.loading} className="flex flex-col gap-5">
      <div className="flex flex-col gap-2">
        <Skeleton className="h-6 w-56" />
        <Skeleton className="h-4 w-80 max-w-full" />
      </div>
      <Skeleton className="h-96 rounded-xl" />
    </div>
  );
}
