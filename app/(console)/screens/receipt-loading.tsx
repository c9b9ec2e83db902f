import { Skeleton } from "@/components/ui/skeleton";
import { messages } from "@/lib/ui/messages";

/** The shape of a receipt that is on its way. */
export function ReceiptLoading() {
  return (
    <div
      role="status"
      aria-label={messages.common.loading}
      className="mx-auto flex w-full max-w-3xl flex-col overflow-hidden rounded-xl border bg-card shadow-sm"
    >
      <div className="flex flex-col gap-4 border-b bg-muted/60 px-6 py-8 sm:px-10">
        <Skeleton className="h-8 w-24" />
        <Skeleton className="h-8 w-full max-w-lg" />
      </div>
      <div className="grid gap-10 px-6 py-8 sm:px-10 md:grid-cols-2">
        {["timeline", "facts"].map((part) => (
          <div key={part} className="flex flex-col gap-5">
            <Skeleton className="h-4 w-32" />
            <Skeleton className="h-10 w-full" />
            <Skeleton className="h-10 w-full" />
            <Skeleton className="h-10 w-4/5" />
          </div>
        ))}
      </div>
    </div>
  );
}
