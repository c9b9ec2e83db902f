import { CompassIcon } from "lucide-react";
import Link from "next/link";

import { EmptyState } from "@/components/feedback/empty-state";
import { buttonVariants } from "@/components/ui/button";
import { messages } from "@/lib/ui/messages";

/** What does not exist, or may not be seen, inside the console: the navigation stays. */
export default function ConsoleNotFound() {
  return (
    <EmptyState
      className="min-h-[60dvh]"
      icon={CompassIcon}
      title={messages.error.notFoundTitle}
      description={messages.error.notFoundHint}
      action={
        <Link href="/platform/users" className={buttonVariants({ variant: "outline", size: "sm" })}>
          {messages.users.title}
        </Link>
      }
    />
  );
}
