"use client";

import Link from "next/link";
import { toast } from "sonner";

import type { DestructiveReport } from "@/components/feedback/destructive-dialog";
import { buttonVariants } from "@/components/ui/button";
import { cn } from "@/lib/ui/cn";

/** Announces what an act did, with the way to its record. */
export function showReport({ title, description, link, tone = "success" }: DestructiveReport): void {
  const show = tone === "warning" ? toast.warning : toast.success;
  show(title, {
    description,
    action: link ? (
      <Link
        href={link.href}
        onClick={() => toast.dismiss()}
        className={cn(buttonVariants({ variant: "outline", size: "xs" }), "ml-auto")}
      >
        {link.label}
      </Link>
    ) : undefined,
  });
}
