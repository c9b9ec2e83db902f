"use client";

import { LogOutIcon } from "lucide-react";
import { useTransition } from "react";
import { toast } from "sonner";

import { leave } from "@/components/auth/signed-in-shell";
import { Button } from "@/components/ui/button";
import { messages } from "@/lib/ui/messages";

const text = messages.account.sessions;

/** Ends the session of this very browser. */
export function LeaveButton() {
  const [leaving, startLeaving] = useTransition();
  const go = () =>
    startLeaving(async () => {
      await leave().catch(() =>
        toast.error(messages.shell.signOutFailed, { description: messages.shell.signOutFailedHint }),
      );
    });
  return (
    <Button variant="outline" size="sm" onClick={go} disabled={leaving} aria-busy={leaving} className="w-full sm:w-34">
      <LogOutIcon aria-hidden="true" />
      {leaving ? text.signingOut : text.signOut}
    </Button>
  );
}
