import { PageHeader } from "@/components/layout/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { messages } from "@/lib/ui/messages";

const MESSAGES_SHOWN = 8;

/** The shape of the mailbox while its messages are on their way. */
export default function MailboxLoading() {
  return (
    <>
      <PageHeader title={messages.mail.title} description={messages.mail.description} />
      <div
        role="status"
        aria-label={messages.common.loading}
        className="flex min-h-[32rem] overflow-hidden rounded-lg border bg-card"
      >
        <div className="w-full divide-y md:w-80 md:shrink-0 md:border-r lg:w-96">
          {Array.from({ length: MESSAGES_SHOWN }, (_, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity.
            <div key={position} className="flex flex-col gap-2 px-4 py-3.5">
              <Skeleton className="h-3.5 w-48" />
              <Skeleton className="h-3 w-36" />
            </div>
          ))}
        </div>
      </div>
    </>
  );
}
