import { BuildingIcon } from "lucide-react";
import Link from "next/link";

import { SignOutButton } from "@/components/auth/sign-out-button";
import { EmptyState } from "@/components/feedback/empty-state";
import { buttonVariants } from "@/components/ui/button";
import { messages } from "@/lib/ui/messages";

const text = messages.auth.noTenant;

/** Tells somebody who is signed in and belongs nowhere yet what has to happen first. */
export function NoTenant({ email }: { email: string }) {
  return (
    <main className="flex min-h-dvh items-center justify-center">
      <EmptyState
        titleAs="h1"
        icon={BuildingIcon}
        title={text.title}
        description={text.body(email)}
        action={
          <>
            <Link href="/" prefetch={false} className={buttonVariants({ variant: "outline", size: "sm" })}>
              {text.again}
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
