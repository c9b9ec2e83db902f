import { LinkIcon } from "lucide-react";
import Link from "next/link";

import { buttonVariants } from "@/components/ui/button";

/** Says that a one-time link cannot be used, why, and where to get on. */
export function DeadLink({ title, body, href, label }: { title: string; body: string; href: string; label: string }) {
  return (
    <div role="alert" className="flex flex-col items-center gap-3 text-center">
      <span className="flex size-10 items-center justify-center rounded-lg border bg-warning/12 text-warning">
        <LinkIcon className="size-5" aria-hidden="true" />
      </span>
      <div className="flex flex-col gap-1">
        <p className="font-medium text-sm">{title}</p>
        <p className="text-balance text-muted-foreground text-sm">{body}</p>
      </div>
      <Link href={href} className={buttonVariants({ variant: "outline", size: "sm" })}>
        {label}
      </Link>
    </div>
  );
}
