import { ArrowLeftIcon } from "lucide-react";
import Link from "next/link";

import { messages } from "@/lib/ui/messages";

/** The way out of the pages beside the sign-in. */
export function BackToSignIn() {
  return (
    <Link
      href="/sign-in"
      className="inline-flex items-center gap-1.5 rounded-sm outline-none hover:text-foreground focus-visible:ring-2 focus-visible:ring-ring"
    >
      <ArrowLeftIcon className="size-3.5 rtl:rotate-180" aria-hidden="true" />
      {messages.auth.backToSignIn}
    </Link>
  );
}
