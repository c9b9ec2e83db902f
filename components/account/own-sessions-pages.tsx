"use client";

import { ChevronRightIcon, ChevronsLeftIcon } from "lucide-react";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";

import { buttonVariants } from "@/components/ui/button";
import { messages } from "@/lib/ui/messages";

const text = messages.account.sessions;

/** Properties of the ways to further pages; `parameter` is where the URL keeps the cursor of this list. */
export type OwnSessionsPagesProps = { label: string; parameter: string; isFirst: boolean; nextCursor: string | null };

/** The ways to the older ones and back to the newest; nothing where everything is on one page. */
export function OwnSessionsPages({ label, parameter, isFirst, nextCursor }: OwnSessionsPagesProps) {
  const path = usePathname();
  const current = useSearchParams();
  const hrefOf = (cursor: string | null) => {
    const next = new URLSearchParams(current);
    if (cursor === null) next.delete(parameter);
    else next.set(parameter, cursor);
    return next.size === 0 ? path : `${path}?${next}`;
  };
  if (isFirst && nextCursor === null) return null;
  const look = buttonVariants({ variant: "outline", size: "sm" });
  return (
    <nav aria-label={label} className="mt-3 flex justify-end gap-2">
      {isFirst ? null : (
        <Link href={hrefOf(null)} scroll={false} prefetch={false} className={look}>
          <ChevronsLeftIcon className="rtl:rotate-180" aria-hidden="true" />
          {text.newest}
        </Link>
      )}
      {nextCursor === null ? null : (
        <Link href={hrefOf(nextCursor)} scroll={false} prefetch={false} className={look}>
          {text.older}
          <ChevronRightIcon className="rtl:rotate-180" aria-hidden="true" />
        </Link>
      )}
    </nav>
  );
}
