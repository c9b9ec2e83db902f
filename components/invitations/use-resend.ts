"use client";

import { toast } from "sonner";

import { useStepUp } from "@/components/feedback/step-up-context";
import type { InvitationActions } from "@/components/invitations/invitation-actions";
import type { Invitation } from "@/lib/invitations/schemas";
import { messages } from "@/lib/ui/messages";

const text = messages.members.invitations;

/** Sends an invitation again, and says whether the mail left. */
export function useResend(perform: InvitationActions["resend"]): (invitation: Invitation) => Promise<void> {
  const withStepUp = useStepUp();
  return async ({ id, email }) => {
    const result = await withStepUp(() => perform({ invitationId: id })).catch(() => null);
    if (result === null) {
      toast.error(text.resendFailed, { description: messages.destructive.unreachable });
    } else if (!result.ok) {
      toast.error(text.resendFailed, { description: result.problem.detail ?? result.problem.title });
    } else if (result.data.sentAt === null) {
      toast.warning(text.resendFailed, { description: text.notSentHint });
    } else {
      toast.success(text.resent(email), { description: text.resentHint });
    }
  };
}
