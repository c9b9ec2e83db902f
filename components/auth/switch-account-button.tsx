"use client";

import { useTransition } from "react";
import { toast } from "sonner";

import { Button } from "@/components/ui/button";
import { signOut } from "@/lib/auth/auth-client";
import { messages } from "@/lib/ui/messages";

const text = messages.auth.invitation;

/** Ends one's own session and stays on the page, which then offers what it offers to somebody signed out. */
export function SwitchAccountButton() {
  const [leaving, startLeaving] = useTransition();
  const leave = () =>
    startLeaving(async () => {
      if ((await signOut()).ok) return window.location.reload();
      toast.error(messages.shell.signOutFailed, { description: messages.shell.signOutFailedHint });
    });
  return (
    <Button className="w-full" onClick={leave} disabled={leaving} aria-busy={leaving}>
      {leaving ? messages.auth.forbidden.signingOut : text.switchAccount}
    </Button>
  );
}
