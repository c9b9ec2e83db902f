"use client";

import Link, { useLinkStatus } from "next/link";

import { cn } from "@/lib/ui/cn";

/** One part of a page with an address of its own. */
export type LinkTab = { id: string; label: string; href: string };

/** Parts of a page as links, so that each can be shared, opened in a new tab, and left with Back. */
export function LinkTabs({ label, tabs, current }: { label: string; tabs: readonly LinkTab[]; current: string }) {
  return (
    <nav aria-label={label} className="-mx-4 overflow-x-auto border-b px-4 sm:mx-0 sm:px-0 print:hidden">
      <ul className="flex gap-1">
        {tabs.map((tab) => (
          <li key={tab.id}>
            <Link
              href={tab.href}
              prefetch={false}
              scroll={false}
              aria-current={tab.id === current ? "page" : undefined}
              className={cn(
                "-mb-px flex h-9 items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 px-2.5 text-muted-foreground text-sm outline-none transition-colors duration-150 hover:text-foreground focus-visible:rounded-md focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-inset",
                tab.id === current && "border-primary font-medium text-foreground",
              )}
            >
              <TabLabel>{tab.label}</TabLabel>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Dims while the part is on its way, so that a click is seen to have been taken. */
function TabLabel({ children }: { children: string }) {
  const { pending } = useLinkStatus();
  return <span className={cn("transition-opacity duration-150", pending && "opacity-50")}>{children}</span>;
}
