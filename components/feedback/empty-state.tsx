import type { LucideIcon } from "lucide-react";
import { InboxIcon, SearchXIcon } from "lucide-react";
import type { ReactNode } from "react";

import { cn } from "@/lib/ui/cn";

/** Properties of an empty place. `kind` tells "there is none yet" from "none fits what you asked for". */
export type EmptyStateProps = {
  kind?: "nothing-exists" | "nothing-matches";
  title: string;
  description?: ReactNode;
  icon?: LucideIcon;
  /** The next step, for example a button that creates the first one or clears the filters. */
  action?: ReactNode;
  /** `h1` where this is all that the page shows. */
  titleAs?: "p" | "h1";
  className?: string;
};

/** Says why a place is empty and what to do about it. Never used for a failure: that is an error state. */
export function EmptyState({
  kind = "nothing-exists",
  title,
  description,
  icon,
  action,
  titleAs: Title = "p",
  className,
}: EmptyStateProps) {
  const Icon = icon ?? (kind === "nothing-exists" ? InboxIcon : SearchXIcon);
  return (
    <div
      data-slot="empty-state"
      data-kind={kind}
      className={cn("flex flex-col items-center justify-center gap-1 px-6 py-14 text-center", className)}
    >
      <span className="mb-3 flex size-10 items-center justify-center rounded-lg border bg-muted text-muted-foreground">
        <Icon className="size-5" aria-hidden="true" />
      </span>
      <Title className="font-medium text-sm">{title}</Title>
      {description ? <p className="max-w-sm text-balance text-muted-foreground text-sm">{description}</p> : null}
      {action ? <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
