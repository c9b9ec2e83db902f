"use client";

import { DoorClosedIcon } from "lucide-react";
import Link from "next/link";

import { SignOutButton } from "@/components/auth/sign-out-button";
import { EmptyState } from "@/components/feedback/empty-state";
import { buttonVariants } from "@/components/ui/button";
import { messages } from "@/lib/ui/messages";

const text = messages.auth.closed;

/** Tells a member why their tenant is closed to them at present, and where else to go. */
export function TenantClosed({ reason }: { reason: string }) {
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <EmptyState
        titleAs="h1"
        icon={DoorClosedIcon}
        title={text.title}
        description={<bdi>{reason}</bdi>}
        action={
          <>
            <Link href="/" className={buttonVariants({ variant: "outline", size: "sm" })}>
              {text.elsewhere}
            </Link>
            <Link
              href="/account/sessions"
              prefetch={false}
              className={buttonVariants({ variant: "outline", size: "sm" })}
            >
              {messages.account.menu}
            </Link>
            <SignOutButton />
          </>
        }
      />
    </main>
  );
}
