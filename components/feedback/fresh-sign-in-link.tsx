"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";

import { buttonVariants } from "@/components/ui/button";
import { messages } from "@/lib/ui/messages";

/** The way to the fresh sign-in that some acts ask for, and back to this page. */
export function FreshSignInLink() {
  const path = usePathname();
  const query = useSearchParams().toString();
  const next = query === "" ? path : `${path}?${query}`;
  return (
    <Link
      href={`/sign-in?${new URLSearchParams({ reason: "fresh", next })}`}
      className={buttonVariants({ variant: "outline", size: "xs", className: "mt-1 w-fit" })}
    >
      {messages.error.signInAgain}
    </Link>
  );
}
