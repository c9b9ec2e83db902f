import { CompassIcon } from "lucide-react";
import Link from "next/link";

import { EmptyState } from "@/components/feedback/empty-state";
import { buttonVariants } from "@/components/ui/button";
import { messages } from "@/lib/ui/messages";

/** What does not exist, or may not be seen: the two look alike on purpose. */
export default function NotFound() {
  return (
    <main className="flex min-h-[70dvh] items-center justify-center">
      <EmptyState
        titleAs="h1"
        icon={CompassIcon}
        title={messages.error.notFoundTitle}
        description={messages.error.notFoundHint}
        action={
          <Link href="/" className={buttonVariants({ variant: "outline", size: "sm" })}>
            {messages.error.home}
          </Link>
        }
      />
    </main>
  );
}
