"use client";

import Link from "next/link";
import { useCallback } from "react";
import { toast } from "sonner";

import type { DestructiveReport } from "@/components/feedback/destructive-dialog";
import { useScopePath } from "@/components/scope/scope-provider";
import { buttonVariants } from "@/components/ui/button";
import { cn } from "@/lib/ui/cn";

/** Announces what an act did, with the way to its record in the scope. */
export function useShowReport(): (report: DestructiveReport) => void {
  const pathOf = useScopePath();
  return useCallback(
    ({ title, description, link, tone = "success" }) => {
      const show = tone === "warning" ? toast.warning : toast.success;
      show(title, {
        description,
        // Toasts are drawn outside the scope's frame, so the address is made here.
        action: link ? <ReportLink href={pathOf(link.href)}>{link.label}</ReportLink> : undefined,
      });
    },
    [pathOf],
  );
}

function ReportLink({ href, children }: { href: string; children: string }) {
  return (
    <Link
      href={href}
      onClick={() => toast.dismiss()}
      className={cn(buttonVariants({ variant: "outline", size: "xs" }), "ml-auto")}
    >
      {children}
    </Link>
  );
}
