"use client";

import { useTransition } from "react";
import { toast } from "sonner";

import { leave } from "@/components/auth/signed-in-shell";
import { Button } from "@/components/ui/button";
import { messages } from "@/lib/ui/messages";

const text = messages.auth.forbidden;

/** Ends one's own session, from a page that has nothing else to offer. */
export function SignOutButton() {
  const [leaving, startLeaving] = useTransition();
  const go = () =>
    startLeaving(async () => {
      await leave().catch(() =>
        toast.error(messages.shell.signOutFailed, { description: messages.shell.signOutFailedHint }),
      );
    });
  return (
    <Button variant="outline" size="sm" onClick={go} disabled={leaving} aria-busy={leaving}>
      {leaving ? text.signingOut : text.signOut}
    </Button>
  );
}
