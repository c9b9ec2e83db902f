"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";

import type { SessionsView } from "@/components/sessions/sessions-columns";
import { cn } from "@/lib/ui/cn";
import { messages } from "@/lib/ui/messages";

const text = messages.sessions.view;
const views: readonly SessionsView[] = ["active", "ended", "any"];

/** Live, ended, or all: each is a link, and starts at its first page. Live is the default and needs no parameter. */
export function SessionsViewTabs({ view }: { view: SessionsView }) {
  const current = useSearchParams();
  const hrefOf = (next: SessionsView) => {
    const query = new URLSearchParams(current);
    for (const gone of ["cursor", "session", "status"]) query.delete(gone);
    if (next !== "active") query.set("status", next);
    return `?${query}`;
  };
  return (
    <nav aria-label={text.label} className="inline-flex h-8 items-center rounded-md border bg-muted/60 p-0.5">
      {views.map((candidate) => (
        <Link
          key={candidate}
          href={hrefOf(candidate)}
          prefetch={false}
          scroll={false}
          aria-current={candidate === view ? "true" : undefined}
          className={cn(
            "flex h-full items-center rounded-[5px] px-2.5 text-[13px] text-muted-foreground outline-none transition-colors duration-150 hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring",
            candidate === view && "bg-background font-medium text-foreground shadow-xs dark:bg-accent",
          )}
        >
          {text[candidate]}
        </Link>
      ))}
    </nav>
  );
}
