import type { ReactNode } from "react";

import { cn } from "@/lib/ui/cn";

/** Properties of a page's head. */
export type PageHeaderProps = {
  title: ReactNode;
  description?: ReactNode;
  /** An avatar or icon of the thing that the page is about. */
  media?: ReactNode;
  /** Badges beside the title. */
  marks?: ReactNode;
  /** The page's primary action; further ones stand before it in the quiet looks. */
  action?: ReactNode;
  className?: string;
};

/** The head of a page: what it is, and what one mainly does there. */
export function PageHeader({ title, description, media, marks, action, className }: PageHeaderProps) {
  return (
    <div className={cn("mb-5 flex flex-wrap items-start justify-between gap-x-6 gap-y-3", className)}>
      <div className="flex min-w-0 items-center gap-3.5">
        {media}
        <div className="flex min-w-0 flex-col gap-0.5">
          <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1">
            <h1 className="min-w-0 break-words font-semibold text-xl tracking-tight">
              <bdi>{title}</bdi>
            </h1>
            {marks}
          </div>
          {description ? <div className="text-muted-foreground text-sm">{description}</div> : null}
        </div>
      </div>
      {action ? <div className="flex flex-wrap items-center gap-2">{action}</div> : null}
    </div>
  );
}
