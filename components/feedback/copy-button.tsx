"use client";

import { CheckIcon, CopyIcon } from "lucide-react";
import { type ReactNode, useState } from "react";

import { cn } from "@/lib/ui/cn";
import { copyText } from "@/lib/ui/copy-text";
import { messages } from "@/lib/ui/messages";

const CONFIRM_MS = 1500;

/** Properties of a copy button: `what` completes "Copy …" in its name. */
export type CopyButtonProps = { value: string; what: string; children: ReactNode; className?: string };

/** A text that is copied by one click and says so. */
export function CopyButton({ value, what, children, className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    if (!(await copyText(value))) return;
    setCopied(true);
    setTimeout(() => setCopied(false), CONFIRM_MS);
  };
  const Icon = copied ? CheckIcon : CopyIcon;
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={`${messages.common.copy(what)} ${value}`}
      className={cn(
        "group/copy inline-flex max-w-full items-center gap-1.5 rounded-sm outline-none focus-visible:ring-2 focus-visible:ring-ring",
        className,
      )}
    >
      <span className="truncate">{children}</span>
      <Icon
        aria-hidden="true"
        className={cn(
          "size-3.5 shrink-0 transition-opacity duration-150",
          copied
            ? "text-success"
            : "text-muted-foreground opacity-60 group-hover/copy:opacity-100 group-focus-visible/copy:opacity-100",
        )}
      />
      <span role="status" className="sr-only">
        {copied ? messages.common.copied : ""}
      </span>
    </button>
  );
}
