import { Skeleton } from "@/components/ui/skeleton";
import { messages } from "@/lib/ui/messages";

/** The shape of a user's page that is on its way. */
export function UserLoading() {
  return (
    <div role="status" aria-label={messages.common.loading} className="flex flex-col gap-5">
      <div className="flex items-center gap-3.5">
        <Skeleton className="size-12 rounded-full" />
        <div className="flex flex-col gap-2">
          <Skeleton className="h-5 w-48" />
          <Skeleton className="h-3.5 w-56" />
        </div>
        <Skeleton className="ml-auto h-9 w-40 max-sm:hidden" />
      </div>
      <div className="flex h-9 items-center gap-4 border-b">
        {["overview", "sessions", "activity", "raw"].map((part) => (
          <Skeleton key={part} className="h-4 w-16" />
        ))}
      </div>
      <div className="grid gap-5 lg:grid-cols-2">
        <Skeleton className="h-72 rounded-xl" />
        <Skeleton className="h-72 rounded-xl" />
      </div>
    </div>
  );
}
