import { CompassIcon } from "lucide-react";

import { EmptyState } from "@/components/feedback/empty-state";
import { ScopeLink } from "@/components/scope/scope-link";
import { buttonVariants } from "@/components/ui/button";
import { messages } from "@/lib/ui/messages";

/** What does not exist, or may not be seen, inside the console: the navigation stays. */
export function ConsoleNotFound() {
  return (
    <EmptyState
      className="min-h-[60dvh]"
      icon={CompassIcon}
      title={messages.error.notFoundTitle}
      description={messages.error.notFoundHint}
      action={
        <ScopeLink href="" className={buttonVariants({ variant: "outline", size: "sm" })}>
          {messages.error.home}
        </ScopeLink>
      }
    />
  );
}
