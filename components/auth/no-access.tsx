"use client";

import { ShieldOffIcon } from "lucide-react";
import Link from "next/link";

import { SignOutButton } from "@/components/auth/sign-out-button";
import { EmptyState, type EmptyStateProps } from "@/components/feedback/empty-state";
import { buttonVariants } from "@/components/ui/button";
import { messages } from "@/lib/ui/messages";

const text = messages.auth.forbidden;

/** Who looks at a page that is not theirs, and what they hold elsewhere. */
export type NoAccessProps = {
  viewer: { user: { email: string }; permissions: readonly string[] };
  /** `p` below a page's own title. */
  titleAs?: EmptyStateProps["titleAs"];
};

/** Tells a signed-in person that the page is not theirs, as whom they are signed in, and how to become somebody else. */
export function NoAccess({ viewer, titleAs = "h1" }: NoAccessProps) {
  return (
    <EmptyState
      className="min-h-[60dvh]"
      icon={ShieldOffIcon}
      title={text.title}
      titleAs={titleAs}
      description={viewer.permissions.length > 0 ? text.page : text.body(viewer.user.email)}
      action={
        <>
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
  );
}
