"use client";

import { ShieldOffIcon } from "lucide-react";
import { useTransition } from "react";
import { toast } from "sonner";

import { leave } from "@/components/auth/signed-in-shell";
import { EmptyState } from "@/components/feedback/empty-state";
import { Button } from "@/components/ui/button";
import { messages } from "@/lib/ui/messages";

const text = messages.auth.forbidden;

/** Who looks at a page that is not theirs, and what they hold elsewhere. */
export type NoAccessProps = { viewer: { user: { email: string }; permissions: readonly string[] } };

/** Tells a signed-in person that the page is not theirs, as whom they are signed in, and how to become somebody else. */
export function NoAccess({ viewer }: NoAccessProps) {
  const [leaving, startLeaving] = useTransition();
  const go = () =>
    startLeaving(async () => {
      await leave().catch(() =>
        toast.error(messages.shell.signOutFailed, { description: messages.shell.signOutFailedHint }),
      );
    });
  return (
    <EmptyState
      className="min-h-[60dvh]"
      icon={ShieldOffIcon}
      title={text.title}
      description={viewer.permissions.length > 0 ? text.page : text.body(viewer.user.email)}
      action={
        <Button variant="outline" size="sm" onClick={go} disabled={leaving} aria-busy={leaving}>
          {leaving ? text.signingOut : text.signOut}
        </Button>
      }
    />
  );
}
